import { DataDeduplicationService } from 'n8n-core';

import { errorsOf, runOperation, subjects, type Operation, type Subject } from '../mock/everyOperation';
import { startOpenApiServer } from '../mock/openApiServer';
import type { MockAnswer, OpenApiServer, OpenApiServerOptions, Service } from '../mock/openApiServer';
import { recordedCleverTap, recordedTally, type RecordedAnswer } from '../mock/recorded';
import type { NodeResult } from '../support/engine';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

jest.setTimeout(120_000);

beforeAll(async () => {
	// Every key of Upload Once is new to it.
	await DataDeduplicationService.init({
		checkProcessedAndRecord: (items) => Promise.resolve({ new: items, processed: [] }),
		removeProcessed: () => Promise.resolve(),
		clearAllProcessedItems: () => Promise.resolve(),
		getProcessedDataCount: () => Promise.resolve(0),
	});
});

interface Expected {
	readonly recorded: readonly RecordedAnswer[];
	/** Operations of the description that none of the node's asks for. */
	readonly unused: readonly string[];
	/** The node's operations whose answer may be that there is nothing. */
	readonly mayFindNothing: readonly string[];
}

const expectedOf: Readonly<Record<Service, Expected>> = {
	tally: { recorded: recordedTally, unused: [], mayFindNothing: [] },
	clevertap: {
		recorded: recordedCleverTap,
		unused: [
			'connectPartner',
			'triggerBulletin',
			'sendToUsers',
			'externalTriggerMany',
			// Asked by the editor's lists.
			'getSchema',
			'getCategoryGroups',
		],
		mayFindNothing: ['profile get'],
	},
};

const recordedList = (name: string, member: string): unknown[] =>
	(recordedTally.find((recorded) => recorded.name === name)?.body as Record<string, unknown[]>)[member] ?? [];

/** What a list must have, since operations look it up there: the webhook, and a delivery that failed. */
const lookedUp: Readonly<Record<string, readonly [member: string, entries: unknown[]]>> = {
	listWebhooks: ['webhooks', recordedList('webhooks', 'webhooks')],
	listWebhookEvents: ['events', recordedList('a delivery that failed', 'events')],
};

function withLookedUp({ operationId, status, body }: MockAnswer): Pick<MockAnswer, 'status' | 'body'> {
	const [member, entries] = lookedUp[operationId] ?? [];
	if (member === undefined || status >= 300) return { status, body };
	const page = body as Record<string, unknown[]>;
	return { status, body: { ...page, [member]: [...(page[member] ?? []), ...(entries ?? [])] } };
}

interface Outcome {
	readonly result: NodeResult;
	readonly server: OpenApiServer;
	/** How the run is found again. */
	readonly label: string;
}

async function run(
	subject: Subject,
	operation: Operation,
	isReversed: boolean,
	options: Partial<OpenApiServerOptions>,
): Promise<Outcome> {
	const server = await startOpenApiServer({ service: subject.service, shape: withLookedUp, ...options });
	try {
		const result = await runOperation(subject, operation, server.url, isReversed);
		return { result, server, label: JSON.stringify({ ...options, isReversed }) };
	} finally {
		await server.close();
	}
}

const runtimeWords =
	/cannot read|is not (a function|iterable|defined)|undefined|\[object|unexpected (token|end)|\bNaN\b/i;

/** What no answer of a service may bring about, in words. */
function problems({ result, server, label }: Outcome): string[] {
	const members = Object.getOwnPropertyNames(Object.prototype).filter((name) => /added|x_new|unknown/.test(name));
	return [
		...server.breaks(),
		...errorsOf(result).filter((error) => runtimeWords.test(error)),
		...members.map((name) => `every object has ${name} now`),
		...(server.requests().length === 0 ? [`nothing was asked: ${errorsOf(result).join()}`] : []),
	].map((problem) => `${label}: ${problem}`);
}

describe.each(subjects)('$service', (subject) => {
	const { recorded, unused, mayFindNothing } = expectedOf[subject.service];
	const asked = new Set<string>();

	describe.each(subject.operations)('%s: %s', (...operation) => {
		it('takes every success that the description allows', async () => {
			const found: string[] = [];
			for (const optionals of [0, 0.5, 1]) {
				for (const seed of [1, 2, 3, 4]) {
					const outcome = await run(subject, operation, seed % 2 === 0, { seed, optionals });
					found.push(...problems(outcome));
					for (const operationId of outcome.server.asked()) asked.add(operationId);
					// CleverTap refuses with 200; what Tally answers with 200 is never a refusal.
					if (subject.service === 'tally') {
						found.push(...errorsOf(outcome.result).map((error) => `${outcome.label}: ${error}`));
					}
				}
			}
			expect(found).toEqual([]);
		});

		it('calls no refusal a success', async () => {
			const found: string[] = [];
			for (const seed of [1, 2, 3, 4, 5, 6]) {
				const outcome = await run(subject, operation, seed % 2 === 0, { seed, answers: 'described' });
				const { result, server, label } = outcome;
				found.push(...problems(outcome));
				const statuses = server.requests().map(({ answer }) => answer?.status ?? 0);
				const isNothing = statuses.at(-1) === 404 && mayFindNothing.includes(`${operation[0]} ${operation[1]}`);
				const isRefused = statuses.every((status) => status >= 400) && !isNothing;
				if (isRefused && (result.outputs[0] ?? []).length > 0) found.push(`${label}: ${statuses.join()} is a success`);
			}
			expect(found).toEqual([]);
		});

		it('reads what the service was seen to answer', async () => {
			const found: string[] = [];
			for (const { name, operationIds, status = 200, body } of recorded) {
				// Once: what is waited for comes with the next answer.
				const shape = (answer: MockAnswer) =>
					operationIds.includes(answer.operationId) && answer.number === 1 ? { status, body } : withLookedUp(answer);
				const outcome = await run(subject, operation, false, { shape });
				found.push(...problems(outcome).map((problem) => `${name}: ${problem}`));
				for (const operationId of outcome.server.asked()) asked.add(operationId);
			}
			expect(found).toEqual([]);
		});
	});

	it('has asked for everything that the description has, but for what it has no operation for', async () => {
		const server = await startOpenApiServer({ service: subject.service });
		await server.close();
		const notAsked = server.operations.filter((operationId) => !asked.has(operationId));
		expect(notAsked.sort()).toEqual([...unused].sort());
	});
});
