import { sleep } from 'n8n-workflow';
import nock from 'nock';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { PROOF_HEADER, proofOfArrival } from '../../nodes/Tally/trigger/probe';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { until } from '../../sandbox/until';
import { ScriptedTally } from '../support/scriptedTally';
import { TriggerLife } from '../support/triggerLife';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.fn(() => Promise.resolve()),
}));

const N8N = 'https://n8n.example.com';
const submissions = [
	{ id: 'old', submittedAt: '2026-01-01T00:00:00.000Z', responses: [] },
	{ id: 'new', submittedAt: '2026-03-01T00:00:00.000Z', responses: [] },
	{ id: 'undated', responses: [] },
	{ submittedAt: '2026-04-01T00:00:00.000Z' },
];

let tally: ScriptedTally;
let life: TriggerLife;

beforeAll(() => nock.disableNetConnect());
beforeEach(() => {
	tally = new ScriptedTally();
	life = new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'id', value: 'GxdRaQ' } },
		credential: { type: new TallyAccountApi(), data: { apiKey: 'tly-test', baseUrl: 'https://api.tally.so' } },
	});
});
afterEach(() => nock.cleanAll());
// Each file has its own nock: the next one could not intercept anything otherwise.
afterAll(() => nock.restore());

/** What our own answer has, and nobody else's: a proof that takes the secret of the test's webhook. */
function proof({ 'tally-signature': signature }: Record<string, unknown>, status = 200): Record<string, string> {
	const secret = tally.webhooks[0]?.signingSecret ?? '';
	return NOT_OURS.has(status) ? {} : { [PROOF_HEADER]: proofOfArrival(secret, [signature].flat().join()) };
}
const NOT_OURS = new Set([401, 404]);

/** n8n's test address, which answers with these statuses in turn; resolves with what it was sent last. */
function n8nAnswers(...statuses: number[]): Promise<Array<{ submissionId: string }>> {
	return new Promise((resolve) => {
		const sent: Array<{ submissionId: string }> = [];
		for (const status of statuses) {
			nock(N8N)
				.post(/webhook-test/)
				.matchHeader('tally-signature', /^[\w+/]{43}=$/)
				.reply(function (_uri, body) {
					sent.push((body as { data: { submissionId: string } }).data);
					if (sent.length === statuses.length) resolve(sent);
					return [status, '', proof(this.req.headers, status)];
				});
		}
	});
}

it('sends the newest submission, whatever the order of the list', async () => {
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', status: 200, body: { questions: [], submissions } });
	const sent = n8nAnswers(200);
	await life.listen();
	expect(await sent).toEqual([expect.objectContaining({ submissionId: 'new', formName: 'Feedback', fields: [] })]);
});

it('asks for submissions that are complete: no other is ever delivered', async () => {
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', status: 200, body: { submissions: [] } });
	await life.listen();
	expect(tally.queryOf('GET /forms/GxdRaQ/submissions')).toMatchObject({ filter: 'completed' });
});

it.each([
	['does not listen yet', [404, 401, 200]],
	['failed in the workflow, and that is not repeated', [404, 500]],
])('tries again while n8n %s', async (_how, statuses) => {
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', status: 200, body: { submissions } });
	const sent = n8nAnswers(...statuses);
	await life.listen();
	expect(await sent).toHaveLength(statuses.length);
});

/** What the trigger writes next to n8n's log. */
function nextLine(): Promise<string> {
	return new Promise((resolve) => {
		jest.spyOn(life.log, 'push').mockImplementation((line) => {
			resolve(line);
			return 0;
		});
	});
}

it.each<[string, number, string, Record<string, string>, number]>([
	['a login page', 200, '<html>Sign in</html>', {}, 1],
	['n8n’s words at its start', 200, 'n8n is starting up. Please wait', {}, 1],
	['nothing at all', 200, '', {}, 1],
	['a redirect to a login page', 302, '', { Location: 'https://login.example.com/' }, 1],
	['a proxy that forbids it', 403, '<html>Forbidden</html>', {}, 1],
	['a proxy that does not find n8n', 502, '<html>Bad Gateway</html>', {}, 4],
	['a proof for another secret', 200, '', { [PROOF_HEADER]: proofOfArrival('other', 'other') }, 1],
])('takes only its own answer for one: %s is named in the log', async (_what, status, body, headers, times) => {
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', status: 200, body: { submissions } });
	let posted = 0;
	nock(N8N)
		.persist()
		.post(/webhook-test/)
		.reply(() => {
			posted++;
			return [status, body, headers];
		});
	const warned = nextLine();
	await life.listen();
	const line = await warned;
	expect(line).toContain(`something else answers (status ${status})`);
	expect(line).toContain('Let requests to n8n');
	expect(line).not.toContain('html');
	expect(posted).toBe(times);
});

it('says in the log that n8n does not reach itself, and the test goes on', async () => {
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', status: 200, body: { submissions } });
	const warned = nextLine();
	const test = await life.listen();
	expect(await warned).toContain('does not reach itself');
	await test.end();
	expect(tally.webhooks).toEqual([]);
});

it('sends it once: another one would start another run', async () => {
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', status: 200, body: { submissions } });
	let arrived = 0;
	nock(N8N)
		.persist()
		.post(/webhook-test/)
		.reply(function () {
			return ++arrived === 1 ? [404, ''] : [200, '', proof(this.req.headers)];
		});
	const pauses = jest.mocked(sleep).mock.calls.length;
	await life.listen();
	await until('it is there', () => arrived === 2, 5000);
	// Another pause would have begun before this has been to Tally and back.
	await life.once('checkExists');
	expect(jest.mocked(sleep).mock.calls.length - pauses).toBe(2);
	expect(arrived).toBe(2);
});

it('is not asked for where the test waits for the next one', async () => {
	life.parameters = { ...life.parameters, options: { testWith: 'next' } };
	await life.listen();
	expect(tally.requests.filter((request) => request.includes('submissions'))).toEqual([]);
});

it.each([
	['there is none', { status: 200, body: { submissions: [] } }],
	['the key may not read them', { status: 403 }],
	['Tally is down', { status: 500, body: 'oops' }],
	['Tally can not be reached', {}],
])('waits if %s', async (_why, incident) => {
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', ...incident });
	const test = await life.listen();
	expect(tally.webhooks).toHaveLength(1);
	await test.end();
	expect(life.log).toEqual([]);
});

it('sends it without the texts of the form if those can not be read', async () => {
	tally.place({ url: life.testUrl });
	tally.meets({ at: 'GET /forms/GxdRaQ/submissions', status: 200, body: { submissions } });
	tally.meets({ at: 'GET /forms/GxdRaQ', isExact: true, status: 500, body: 'oops' });
	const sent = n8nAnswers(200);
	await life.listen();
	expect(await sent).toEqual([expect.not.objectContaining({ formName: 'Feedback' })]);
});

it('asks for nothing when a workflow is published', async () => {
	await life.publish();
	expect(tally.requests.filter((request) => request.includes('submissions'))).toEqual([]);
});
