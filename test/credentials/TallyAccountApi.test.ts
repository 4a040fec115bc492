import { NodeHelpers, Workflow, type INodeParameters, type ITriggerFunctions } from 'n8n-workflow';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';

import { accessOf } from '../../nodes/Tally/transport/credential';

const credential = new TallyAccountApi();

/** What n8n hands to a node of what it has stored: with defaults, and without what is not shown. */
const handedOut = (stored: INodeParameters) =>
	NodeHelpers.getNodeParameters(credential.properties, stored, true, false, null, null) ?? {};

/** What the editor shows of a credential, by name. */
const shown = (data: INodeParameters) =>
	credential.properties
		.filter((field) => NodeHelpers.displayParameter(data, field, null, null))
		.map(({ name }) => name);

async function headersFor(data: Record<string, string>, headers?: Record<string, string>) {
	const request = { url: 'https://api.tally.so/users/me', ...(headers ? { headers } : {}) };
	const signed = await credential.authenticate(data, request);
	expect(request).toEqual({ url: 'https://api.tally.so/users/me', ...(headers ? { headers } : {}) });
	return signed.headers;
}

it('has a name of its own, and fields whose names never change', () => {
	expect([credential.name, credential.displayName]).toEqual(['tallyAccountApi', 'Tally API']);
	expect([...new Set(credential.properties.map(({ name }) => name))]).toEqual([
		'apiKey',
		'useGateway',
		'baseUrl',
		'gatewayConnectionId',
	]);
});

describe('a gateway', () => {
	const gateway = { baseUrl: 'https://gateway.example.com/tally', gatewayConnectionId: 'c1' };
	const none = { useGateway: false, baseUrl: '', gatewayConnectionId: '' };

	it.each<[string, INodeParameters, string[]]>([
		['nobody uses', none, []],
		['is switched on', { ...none, useGateway: true }, ['baseUrl', 'gatewayConnectionId']],
		['is in use', { ...gateway, useGateway: true }, ['baseUrl', 'gatewayConnectionId']],
		['1.0.0 had, which knew no switch', { ...gateway, useGateway: false }, ['baseUrl', 'gatewayConnectionId']],
		['1.0.0 had without a connection', { ...none, baseUrl: gateway.baseUrl }, ['baseUrl']],
		['is Tally itself', { ...none, baseUrl: 'https://api.tally.so' }, []],
	])('that %s is shown as it counts', (_name, data, fields) => {
		expect(shown({ apiKey: 'k', ...data })).toEqual(['apiKey', 'useGateway', ...fields]);
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['1.0.0, Tally itself', {}, {}],
		['1.0.0, its address typed', { baseUrl: 'https://api.tally.so' }, {}],
		['1.0.0, all of it', gateway, gateway],
		['1.0.0, the address alone', { baseUrl: gateway.baseUrl }, { baseUrl: gateway.baseUrl }],
		['with the switch', { ...gateway, useGateway: true }, gateway],
	])('is what was stored: %s', async (_name, stored, counts) => {
		const data = handedOut({ apiKey: 'k', ...stored });
		expect(data).toMatchObject({ apiKey: 'k', ...counts });
		const caller = { getCredentials: () => Promise.resolve(data) } as unknown as ITriggerFunctions;
		expect((await accessOf(caller)).baseUrl).toBe(counts.baseUrl ?? 'https://api.tally.so');
		expect(await headersFor(data as Record<string, string>)).toEqual({
			Authorization: 'Bearer k',
			...(counts.gatewayConnectionId === undefined ? {} : { 'Maton-Connection': 'c1' }),
		});
	});

	it('that was switched off and emptied is gone, and n8n stores nothing of it', () => {
		expect(
			NodeHelpers.getNodeParameters(credential.properties, { apiKey: 'k', ...none }, false, false, null, null),
		).toEqual({
			apiKey: 'k',
		});
	});
});

describe('the address', () => {
	const node = { id: '1', name: 'n', type: 't', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const nodeType = { description: { properties: [] } } as never;
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) },
	});
	beforeAll(async () => {
		await workflow.expression.acquireIsolate?.();
	});

	it.each([
		['', 'https://api.tally.so'],
		[' https://gateway.example.com/tally// ', 'https://gateway.example.com/tally'],
		['http://127.0.0.1:4321', 'http://127.0.0.1:4321'],
		['api.maton.ai/tally', 'https://api.maton.ai/tally'],
		['gateway.example.com', 'https://gateway.example.com'],
		['gateway.example.com:8443/tally/', 'https://gateway.example.com:8443/tally'],
		['localhost:4321', 'https://localhost:4321'],
		['htps//tally', 'htps//tally'],
		['my gateway', 'my gateway'],
		['mailto:ada@example.com', 'mailto:ada@example.com'],
	])('%j is %s, in the transport and in the credential’s own test', async (baseUrl, address) => {
		const caller = { getCredentials: () => Promise.resolve({ apiKey: 'k', baseUrl }) } as unknown as ITriggerFunctions;
		expect((await accessOf(caller)).baseUrl).toBe(address);
		const { baseURL = '' } = credential.test.request;
		expect(workflow.expression.getSimpleParameterValue(node, baseURL, 'internal', { $credentials: { baseUrl } })).toBe(
			address,
		);
	});
});

it('hides the key', () => {
	expect(credential.properties[0]?.typeOptions).toEqual({ password: true });
});

it('sends the key as bearer, and nothing for a gateway that is not there', async () => {
	expect(await headersFor({ apiKey: 'tly-1', gatewayConnectionId: '' })).toEqual({ Authorization: 'Bearer tly-1' });
	expect(await headersFor({ apiKey: 'tly-1' })).toEqual({ Authorization: 'Bearer tly-1' });
});

it("names the gateway's connection where there is one", async () => {
	expect(await headersFor({ apiKey: 'k', gatewayConnectionId: ' c1 ' })).toEqual({
		Authorization: 'Bearer k',
		'Maton-Connection': 'c1',
	});
});

it("takes away what was pasted around the key, and keeps the request's headers", async () => {
	expect(await headersFor({ apiKey: ' tly-1\n' }, { Accept: 'application/json' })).toEqual({
		Accept: 'application/json',
		Authorization: 'Bearer tly-1',
	});
});

it('says where to find the key, and whom the switch is for', () => {
	const hints = new Map(credential.properties.map(({ name, hint }) => [name, hint]));
	expect(hints.get('apiKey')).toContain('Settings → API keys');
	expect(hints.get('useGateway')).toContain('gateway');
});

it('is tested by asking who the key belongs to', () => {
	const { request, rules = [] } = credential.test;
	expect(request.url).toBe('/users/me');
	const messages = rules.flatMap((rule) =>
		rule.type === 'responseCode' ? [[rule.properties.value, rule.properties.message]] : [],
	);
	expect(messages.map(([status]) => status)).toEqual([401, 403, 404, 429]);
	for (const [, message] of messages) expect(message).toMatch(/Tally/);
	// n8n compares what it reads at this key with the value: what has no ID is not Tally's answer.
	expect(rules).toContainEqual({
		type: 'responseSuccessBody',
		properties: { key: 'id', value: undefined, message: expect.stringContaining('not as Tally’s API does') as string },
	});
});
