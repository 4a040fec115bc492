import fc from 'fast-check';
import { DataDeduplicationService } from 'n8n-core';

import { proxyAnswers, startProxy, type LocalProxy, type ProxyAnswer } from '../../sandbox/proxy';
import { errorsOf, runOperation, subjects, type Operation, type Subject } from '../mock/everyOperation';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

jest.setTimeout(120_000);

let proxy: LocalProxy;

beforeAll(async () => {
	// Every key of Upload Once is new to it.
	await DataDeduplicationService.init({
		checkProcessedAndRecord: (items) => Promise.resolve({ new: items, processed: [] }),
		removeProcessed: () => Promise.resolve(),
		clearAllProcessedItems: () => Promise.resolve(),
		getProcessedDataCount: () => Promise.resolve(0),
	});
	// Nobody is behind it: it answers everything itself.
	proxy = await startProxy({ target: 'http://127.0.0.1:9' });
});

afterAll(async () => {
	await proxy.close();
});

/** What is wrong with how an operation takes an answer that is not the service's; nothing if all is well. */
async function problems(subject: Subject, operation: Operation, answer: ProxyAnswer): Promise<string[]> {
	proxy.answerWith(answer);
	const result = await runOperation(subject, operation, proxy.url);
	const errors = errorsOf(result);
	return [
		...(result.outputs[0] ?? []).map(({ json }) => `a success: ${JSON.stringify(json)}`),
		...(errors.length === 0 ? ['no error'] : []),
		...errors.filter((error) => /API key|passcode|account id/i.test(error)).map((error) => `blames the key: ${error}`),
	].map((problem) => `${JSON.stringify(answer)}: ${problem}`);
}

/** What answers at once and is never the service. */
const foreign = proxyAnswers.filter((answer) => answer !== 'silence' && answer !== 'cutShort');

/** Anything but JSON, with any status that may have a body. */
const anyPage = fc.record({
	status: fc.constantFrom(
		200,
		201,
		202,
		203,
		206,
		301,
		302,
		303,
		307,
		308,
		400,
		401,
		403,
		404,
		407,
		409,
		429,
		500,
		502,
		503,
	),
	headers: fc.record({
		'content-type': fc.constantFrom('text/html', 'text/plain', 'application/json', 'application/octet-stream'),
	}),
	body: fc.string({ unit: 'grapheme' }).map((text) => `<${text}`),
});

describe.each(subjects)('$service', (subject) => {
	it.each(subject.operations)('%s: %s is no success, whatever a proxy answers', async (...operation) => {
		const found: string[] = [];
		for (const answer of foreign) found.push(...(await problems(subject, operation, answer)));
		expect(found).toEqual([]);
		await fc.assert(
			fc.asyncProperty(anyPage, async (page) => {
				expect((await problems(subject, operation, page)).filter((found) => !found.includes('blames'))).toEqual([]);
			}),
			{ numRuns: 15 },
		);
	});
});
