import type { INode, INodeExecutionData } from 'n8n-workflow';
import nock from 'nock';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { Tally } from '../../nodes/Tally/Tally.node';
import { runNode } from '../support/engine';
import { nodesOf, testAsRecorded, type Recorded } from '../support/ofOneDotZero';

// Workflows that were made with 1.0.0, where IDs were typed that are chosen from lists now: one node of each kind, and
// what each of them asked for and put out then. With RECORD=1, in a checkout of 1.0.0, this writes the record anew.

const nodes = nodesOf('tally');

const items: INodeExecutionData[] = [
	{ name: 'Feedback', folder: 'f1', invite: 'i1', submission: 's1' },
	{ name: 'Survey', folder: 'f2', invite: 'i2', submission: 's2' },
].map((json) => ({ json }));

const questions = [{ id: 'q1', type: 'INPUT_EMAIL', title: 'Your email', fields: [], numberOfResponses: 2 }];
const submission = (id: string) => ({
	id,
	formId: 'GxdRaQ',
	respondentId: 'r1',
	isCompleted: true,
	submittedAt: '2026-02-09T10:00:00.000Z',
	responses: [{ id: 'a1', questionId: 'q1', answer: 'ada@example.com' }],
});
const webhook = {
	id: 'h1',
	formId: 'GxdRaQ',
	url: 'https://example.com/hook',
	isEnabled: true,
	signingSecret: 'lantern',
};
const delivery = {
	id: 'd1',
	webhookId: 'h1',
	deliveryStatus: 'FAILED',
	statusCode: 500,
	createdAt: '2026-02-09T10:00:00.000Z',
	updatedAt: '2026-02-09T10:00:00.000Z',
	payload: { data: { submissionId: 's1', formId: 'GxdRaQ' } },
};
const figures = { visits: 3, submissions: 2, data: { '2026-02-09': { visits: 3 } } };

/** Bodies by the path that is read; whatever else is done is answered with 204, or with what was sent. */
const READ: ReadonlyArray<readonly [RegExp, unknown]> = [
	[/^\/users\/me$/, { id: 'u1', email: 'ada@example.com', organizationId: 'org1', subscriptionPlan: 'PRO' }],
	[/^\/forms$/, { items: [{ id: 'GxdRaQ', name: 'Feedback', status: 'PUBLISHED' }], hasMore: false }],
	[/^\/forms\/\w+$/, { id: 'GxdRaQ', name: 'Feedback', blocks: [] }],
	[/\/blocks$/, { id: 'GxdRaQ', blocks: [{ uuid: 'b1', type: 'TEXT' }] }],
	[/\/questions$/, { questions, hasResponses: true }],
	[/\/submissions$/, { questions, submissions: [submission('s1'), submission('s2')], hasMore: false }],
	[/\/submissions\/s1$/, { questions, submission: submission('s1') }],
	[/\/submissions\/s2$/, { questions, submission: submission('s2') }],
	[/\/analytics\//, figures],
	[/\/folders$/, [{ id: 'f1', name: 'Shop', workspaceId: 'w1' }]],
	[/\/invites$/, [{ id: 'i1', email: 'grace@example.com' }]],
	[/\/users$/, [{ id: 'u1', email: 'ada@example.com' }]],
	[/^\/webhooks$/, { webhooks: [webhook], hasMore: false }],
	[/\/events$/, { events: [delivery], hasMore: false }],
	[/^\/workspaces$/, { items: [{ id: 'w1', name: 'Shop' }], hasMore: false }],
	[/^\/workspaces\/w1$/, { id: 'w1', name: 'Shop', members: [] }],
];
/** Changes that Tally answers with what has become. */
const WRITTEN: ReadonlyArray<readonly [string, RegExp]> = [
	['POST', /\/(?:folders|forms|webhooks|workspaces)$/],
	['PATCH', /^\/forms\/\w+(?:\/questions\/\w+)?$/],
];

function answer(method: string, path: string, sent: object): [number, nock.ReplyBody?] {
	const found = method === 'GET' ? READ.find(([of]) => of.test(path)) : undefined;
	if (found !== undefined) return [200, found[1] as nock.ReplyBody];
	const isTold = WRITTEN.some(([by, of]) => by === method && of.test(path));
	return isTold ? [method === 'POST' ? 201 : 200, { id: 'new1', ...sent }] : [204];
}

async function run({ parameters, typeVersion, onError }: INode): Promise<Recorded> {
	const requests: unknown[] = [];
	const scope = nock('https://api.tally.so').persist();
	for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
		scope.intercept(/.*/, method).reply((uri, body) => {
			const { pathname, search } = new URL(uri, 'https://api.tally.so');
			// A title block has a random ID.
			const sent = JSON.parse(
				JSON.stringify(body === '' ? {} : body).replace(/"(u|groupU)uid":"[^"]*"/g, '"$1uid":"…"'),
			) as object;
			requests.push({ method, path: pathname, query: search, body: sent });
			return answer(method, pathname, sent);
		});
	}
	const { outputs, error } = await runNode({
		node: new Tally(),
		typeVersion,
		credential: {
			type: new TallyAccountApi(),
			data: { apiKey: 'tly-test', baseUrl: 'https://api.tally.so', gatewayConnectionId: '' },
		},
		parameters,
		items,
		onError,
	});
	nock.cleanAll();
	expect(error).toBeUndefined();
	return { requests, outputs };
}

beforeAll(() => nock.disableNetConnect());
// Each file has its own nock: the next one could not intercept anything otherwise.
afterAll(() => nock.restore());

it('there is a node of each operation', () => {
	const used = nodes.map(({ parameters: { resource, operation } }) => `${resource} ${operation}`);
	expect(new Set(used).size).toBe(38);
});

testAsRecorded('tally', nodes, run, (found) => JSON.stringify(found, null, '\t'));
