import { NodeHelpers, Workflow, type ICredentialDataDecryptedObject, type INodeParameters } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { apiOrigin } from '../../nodes/CleverTap/transport/origin';

const credential = new CleverTapAccountApi();
const workflow = new Workflow({
	nodes: [{ id: '1', name: 'n', type: 't', typeVersion: 1, position: [0, 0], parameters: {} }],
	connections: {},
	active: false,
	nodeTypes: {
		getByName: () => ({ description: { properties: [] } }) as never,
		getByNameAndVersion: () => ({ description: { properties: [] } }) as never,
		getKnownTypes: () => ({}),
	},
});

/** What n8n makes of an expression in the credential's class. */
function evaluate(expression: unknown, data: ICredentialDataDecryptedObject): unknown {
	return workflow.expression.getSimpleParameterValue(
		workflow.getNode('n') as NonNullable<ReturnType<Workflow['getNode']>>,
		expression as string,
		'internal',
		{ $credentials: data },
	);
}

beforeAll(async () => {
	await workflow.expression.acquireIsolate?.();
});

describe('region', () => {
	it.each([
		[{ region: 'eu1' }, 'https://api.clevertap.com'],
		[{ region: 'in1' }, 'https://in1.api.clevertap.com'],
		[{ region: 'sg1' }, 'https://sg1.api.clevertap.com'],
		[{ region: 'us1' }, 'https://us1.api.clevertap.com'],
		[{ region: 'aps3' }, 'https://aps3.api.clevertap.com'],
		[{ region: 'mec1' }, 'https://mec1.api.clevertap.com'],
		[{ region: '' }, 'https://api.clevertap.com'],
		[{ region: 'custom', customHost: 'api.example.com' }, 'https://api.example.com'],
		[{ region: 'custom', customHost: '[::1]:4321' }, 'https://[::1]:4321'],
		[{ region: 'custom', customHost: 'HTTP://[fe80::1A]' }, 'HTTP://[fe80::1A]'],
		[{ region: 'custom', customHost: ' http://127.0.0.1:4321// ' }, 'http://127.0.0.1:4321'],
	])('%j is %s, in the transport and in the credential’s own test', (data, origin) => {
		expect(apiOrigin(data)).toBe(origin);
		expect(evaluate(credential.test.request.baseURL, data)).toBe(origin);
	});

	it('is Europe where none was chosen', () => {
		expect(apiOrigin({})).toBe('https://api.clevertap.com');
	});

	/** What n8n hands to a node of what it has stored: with defaults, and without what is not shown. */
	const handedOut = (stored: INodeParameters) =>
		NodeHelpers.getNodeParameters(credential.properties, stored, true, false, null, null) ?? {};

	it.each<[string, INodeParameters, string]>([
		// 1.0.0 had Europe as default, and n8n stores no default.
		['left at Europe in 1.0.0', {}, 'https://api.clevertap.com'],
		['chosen', { region: 'eu1' }, 'https://api.clevertap.com'],
		['chosen elsewhere', { region: 'in1' }, 'https://in1.api.clevertap.com'],
		['of one’s own', { region: 'custom', customHost: 'api.example.com' }, 'https://api.example.com'],
		['of one’s own no more', { region: 'sg1', customHost: 'api.example.com' }, 'https://sg1.api.clevertap.com'],
	])('stays what it was in a credential where it was %s', (_name, region, origin) => {
		const stored = { accountId: 'TEST-1', passcode: 'secret', ...region };
		const data = handedOut(stored) as ICredentialDataDecryptedObject;
		expect(data).toMatchObject({ accountId: 'TEST-1', passcode: 'secret' });
		expect(apiOrigin(data)).toBe(origin);
		expect(evaluate(credential.test.request.baseURL, data)).toBe(origin);
	});

	it('is asked for, and none is chosen for anybody', () => {
		const field = credential.properties.find(({ name }) => name === 'region');
		// As n8n checks what is to be stored: only of fields that say when they are shown it wants an option to be chosen.
		expect(field).toMatchObject({ default: '', required: true, displayOptions: {} });
	});

	it.each(['', '  ', 'https://', 'a b', '[::g]', '[]', 7])('custom host %j is none', (customHost) => {
		expect(apiOrigin({ region: 'custom', customHost })).toBeUndefined();
	});

	it.each([' ', 'evil.example/', 'in1.evil.example#', 'a@evil.example:', '../in1', 'in1?', 'ü'])(
		'region %j is none',
		(region) => {
			expect(apiOrigin({ region })).toBeUndefined();
		},
	);

	it('names all six by the dashboard’s address', () => {
		const options = credential.properties.find(({ name }) => name === 'region')?.options ?? [];
		const regions = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
		expect(regions.sort()).toEqual(['aps3', 'custom', 'eu1', 'in1', 'mec1', 'sg1', 'us1']);
		for (const option of options) {
			if ('value' in option && option.value !== 'custom') {
				expect(option.name).toContain(`${String(option.value)}.dashboard.clevertap.com`);
			}
		}
	});
});

describe('the secrets', () => {
	it('are sent in CleverTap’s headers, without the blanks of copying', async () => {
		const request = { url: 'https://api.clevertap.com/1/upload', headers: { accept: 'application/json' } };
		const signed = await credential.authenticate({ accountId: ' TEST-1 ', passcode: 'secret\n' }, request);
		expect(signed).toEqual({
			url: 'https://api.clevertap.com/1/upload',
			headers: { accept: 'application/json', 'X-CleverTap-Account-Id': 'TEST-1', 'X-CleverTap-Passcode': 'secret' },
		});
		expect(request.headers).toEqual({ accept: 'application/json' });
	});

	it('are sent as nothing where there are none', async () => {
		const { headers } = await credential.authenticate({}, { url: '' });
		expect(headers).toEqual({ 'X-CleverTap-Account-Id': '', 'X-CleverTap-Passcode': '' });
	});

	it('hide the passcode in the editor', () => {
		expect(credential.properties.find(({ name }) => name === 'passcode')?.typeOptions).toEqual({ password: true });
	});
});

it('is tested by a read that stores nothing', () => {
	expect(credential.test.request).toMatchObject({ url: '/1/profile.json' });
	expect(credential.test.request.method ?? 'GET').toBe('GET');
});

it('is called as n8n will call an account of it, and says of each field where to find its value', () => {
	expect(credential.displayName).toBe('CleverTap API');
	for (const { name, hint } of credential.properties)
		expect({ name, hint }).toEqual({ name, hint: expect.any(String) as string });
});
