import { startGateway, type LocalGateway } from '../../sandbox/gateway/gateway';
import { startTally, type LocalTally } from '../../sandbox/tally/tally';
import { byId, runTally, type TallyRun } from '../support/tallyRun';

jest.setTimeout(60_000);

let tally: LocalTally;
let gateway: LocalGateway;

beforeEach(async () => {
	tally = await startTally();
	gateway = await startGateway({ tally });
});
afterEach(async () => {
	await gateway.close();
	await tally.close();
});

const submissions: TallyRun = {
	resource: 'submission',
	operation: 'get',
	formId: byId('GxdRaQ'),
	submissionId: '={{ $json.id }}',
};

async function run(parameters: TallyRun, credential: Record<string, string> = {}, items = [{ json: {} }]) {
	return await runTally(gateway, parameters, items, {
		credential: { gatewayConnectionId: gateway.connectionId, ...credential },
	});
}

it('is kept under its own limit, so that it refuses nothing', async () => {
	const ids = await Promise.all(Array.from({ length: 24 }, async () => (await tally.submit({})).submissionId));
	const { outputs } = await run(
		submissions,
		{},
		ids.map((id) => ({ json: { id } })),
	);
	expect(outputs[0]?.map(({ json }) => json.submissionId)).toEqual(ids);
	expect(gateway.refused()).toEqual([]);
	expect(gateway.passedOn()).toHaveLength(25);
	expect(tally.violations()).toEqual([]);
});

it.each<[string, Record<string, string>, string]>([
	['its own key', { apiKey: 'tly-sandbox' }, 'The gateway does not accept the API key'],
	['the connection', { gatewayConnectionId: '' }, 'The gateway has no such connection to Tally'],
	['the right connection', { gatewayConnectionId: 'conn-9' }, 'The gateway has no such connection to Tally'],
])('says what is wrong without %s', async (_what, credential, message) => {
	const { error } = await run({ resource: 'account', operation: 'get' }, credential);
	expect(error).toMatchObject({
		message,
		description: expect.stringContaining('Open the Tally credential') as string,
	});
	expect(tally.requests()).toEqual([]);
});

it('says that its authorization may have expired', async () => {
	gateway.expireNext();
	const { error } = await run({
		resource: 'form',
		operation: 'update',
		formId: byId('GxdRaQ'),
		updateFields: { name: 'New' },
	});
	expect(error?.message).toBe('The gateway could not ask Tally (status 500)');
});
