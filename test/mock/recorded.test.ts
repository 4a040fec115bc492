import { refusalOf } from '../../sandbox/clevertap/verdicts';
import type { Json } from '../../sandbox/clevertap/record';
import { loadContract } from '../../sandbox/contract';
import { recordedCleverTap, recordedDeliveries, recordedTally } from './recorded';

interface Refused {
	code: number;
	error: string;
	record: Json;
}

const refusals = recordedCleverTap.flatMap(({ body }) => (body as { unprocessed?: Refused[] }).unprocessed ?? []);

describe('the descriptions allow what was recorded', () => {
	const table = [
		...recordedTally.map((recorded) => ['tally', recorded] as const),
		...recordedCleverTap.map((recorded) => ['clevertap', recorded] as const),
	].flatMap(([service, recorded]) =>
		recorded.operationIds.map((operationId) => [service, operationId, recorded.name, recorded] as const),
	);

	it.each(table)('of %s, for %s: %s', async (service, operationId, _name, { status = 200, body }) => {
		const contract = await loadContract(`${service}.yaml`);
		expect(contract.answersOf(operationId).map((answer) => answer.status)).toContain(status);
		expect(contract.answerBreaks(operationId, status, body)).toEqual([]);
	});

	it.each(Object.entries(recordedDeliveries))('as a delivery of %s', async (_year, body) => {
		const check = (await loadContract('tally.yaml')).schema('FormResponseEvent');
		expect(check(body)).toEqual([]);
	});
});

describe('the local CleverTap says what was recorded', () => {
	const ofProfiles = refusals.filter(({ record, code }) => record.type === 'profile' && code !== 525);

	it.each(ofProfiles.map(({ code, error, record }) => [code, error, record] as const))(
		'%i: %s',
		(code, error, record) => {
			const number = Number(/\d+$/.exec(error)?.[0]);
			expect(refusalOf(record, number, [])).toMatchObject({ code, error });
		},
	);

	it.each([
		[509, {}],
		[513, { evtName: 'Web Page Viewed' }],
		[525, { ts: 0 }],
	])('%i', (code, more) => {
		const recorded = refusals.find((refused) => refused.code === code);
		const number = Number(/\d+$/.exec(recorded?.error ?? '')?.[0]);
		expect(refusalOf({ ...recorded?.record, ...more }, number, [])).toMatchObject({ code, error: recorded?.error });
	});
});
