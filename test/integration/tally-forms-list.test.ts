import 'reflect-metadata';

import { LoadOptionsContext } from 'n8n-core';
import { type INodeListSearchResult } from 'n8n-workflow';
import nock from 'nock';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { TallyTriggerV1_2 } from '../../nodes/Tally/trigger/TallyTriggerV1_2';
import { ScriptedTally } from '../support/scriptedTally';
import { TriggerLife } from '../support/triggerLife';

const node = new TallyTriggerV1_2(new TallyTrigger().description);
let tally: ScriptedTally;

beforeAll(() => nock.disableNetConnect());
beforeEach(() => {
	tally = new ScriptedTally();
	tally.addForm('AbCdE1', 'Newsletter ');
	tally.addForm('AbCdE2', 'Old feedback', 'DELETED');
	tally.addForm('AbCdE3', '');
	tally.addForm('AbCdE4', 'Customer Feedback', 'DRAFT');
});
afterEach(() => nock.cleanAll());
// Each file has its own nock: the next one could not intercept anything otherwise.
afterAll(() => nock.restore());

async function list(
	filter?: string,
	paginationToken?: string,
	{ apiKey = 'tly-test', ...data }: Record<string, string> = { baseUrl: 'https://api.tally.so' },
): Promise<INodeListSearchResult> {
	const life = new TriggerLife({
		node,
		parameters: { formId: { __rl: true, mode: 'list', value: '' } },
		credential: { type: new TallyAccountApi(), data: { apiKey, ...data } },
	});
	const context = life.inContext(
		(workflow, trigger, additionalData) => new LoadOptionsContext(workflow, trigger, additionalData, 'formId'),
	);
	return await node.methods.listSearch.searchForms.call(context, filter, paginationToken);
}

const namesIn = ({ results }: INodeListSearchResult): string[] => results.map(({ name }) => name);

it('shows a page, and where the next one begins', async () => {
	const first = await list();
	expect(first).toEqual({
		results: [
			{ name: 'Feedback', value: 'GxdRaQ', url: 'https://tally.so/forms/GxdRaQ/edit' },
			{ name: 'Newsletter', value: 'AbCdE1', url: 'https://tally.so/forms/AbCdE1/edit' },
		],
		paginationToken: '2',
	});
});

it('leaves out the trash and names what has no name', async () => {
	expect(await list(undefined, '2')).toMatchObject({ results: [{ name: 'Untitled (AbCdE3)' }], paginationToken: '3' });
	expect(await list('', '3')).toEqual({ results: [expect.objectContaining({ name: 'Customer Feedback' })] });
});

it('searches all pages, by name or ID, whatever the case', async () => {
	expect(namesIn(await list(' feedBACK '))).toEqual(['Feedback', 'Customer Feedback']);
	expect(namesIn(await list('abcde3'))).toEqual(['Untitled (AbCdE3)']);
	expect(await list('nothing like it')).toEqual({ results: [] });
});

it('begins anew if the page is not a number', async () => {
	expect(namesIn(await list(undefined, 'x'))).toEqual(['Feedback', 'Newsletter']);
});

it('reads the bare list that keys of January 2025 would get', async () => {
	tally.meets({ at: 'GET /forms', status: 200, body: [{ id: 'Old001', name: 'Old shape' }, { name: 'no id' }] });
	expect(namesIn(await list())).toEqual(['Old shape']);
});

it.each<Record<string, string>>([{}, { baseUrl: '' }, { baseUrl: ' https://api.tally.so// ' }])(
	'finds Tally by a base URL such as %j',
	async (data) => {
		expect(namesIn(await list('newsletter', undefined, data))).toEqual(['Newsletter']);
	},
);

it('names a base URL that is none', async () => {
	await expect(list('', '', { baseUrl: 'my gateway' })).rejects.toThrow(
		'The Base URL in the Tally credential is not a web address. It begins with https://',
	);
});

it('says what to do if Tally refuses', async () => {
	await expect(list(undefined, undefined, { apiKey: 'tly-wrong' })).rejects.toThrow(
		'Tally does not accept the API key. Open the Tally credential and test it.',
	);
});

it('shows nothing if there is nothing', async () => {
	tally.meets({ at: 'GET /forms', status: 200, body: [] });
	expect(await list()).toEqual({ results: [] });
});

it('says so if the answer is not JSON', async () => {
	tally.meets({ at: 'GET /forms', status: 200, body: 'hello' });
	await expect(list()).rejects.toThrow(
		"What answers at api.tally.so is not Tally's API. Check the base URL in the Tally credential",
	);
});

it.each([
	['ENOTFOUND', 'Its name was not found'],
	['EAI_AGAIN', 'Its name was not found'],
	['ECONNREFUSED', 'Nothing answers there'],
	['ETIMEDOUT', 'No answer came in time'],
	['ECONNABORTED', 'No answer came in time'],
	['EPIPE', 'The connection broke'],
])('says in words what %s means, and shows no key', async (code, reason) => {
	nock.cleanAll();
	nock('https://api.tally.so')
		.get(/.*/)
		.replyWithError(Object.assign(new Error(`${code} tly-test`), { code }));
	const error: unknown = await list().catch((thrown: unknown) => thrown);
	const { message } = error as Error;
	expect(message).toContain(`Tally could not be reached at api.tally.so. ${reason}`);
	expect(message).toContain("Check this n8n's connection to the internet");
	expect(JSON.stringify(error)).not.toContain('tly-test');
});

it("shows the form's name under the node's", () => {
	const subtitle = (formId: object): unknown => {
		const life = new TriggerLife({
			node,
			parameters: { formId: formId as never },
			credential: { type: new TallyAccountApi(), data: {} },
		});
		return life.inContext((workflow, trigger) =>
			workflow.expression.getSimpleParameterValue(trigger, node.description.subtitle, 'internal', {}),
		);
	};
	expect(subtitle({ __rl: true, mode: 'list', value: 'GxdRaQ', cachedResultName: 'Feedback' })).toBe('Feedback');
	expect(subtitle({ __rl: true, mode: 'id', value: 'GxdRaQ' })).toBe('GxdRaQ');
});

it('has an address for each way to answer, and its answers hold nothing of the run', () => {
	const answers = node.description.webhooks?.map(({ name, path, responseMode, responseData }) => ({
		address: `${name} ${path}`,
		responseMode,
		responseData,
	}));
	expect(answers).toEqual([
		{ address: 'default webhook', responseMode: 'onReceived', responseData: 'noData' },
		{ address: 'setup finished', responseMode: 'lastNode', responseData: 'noData' },
	]);
});
