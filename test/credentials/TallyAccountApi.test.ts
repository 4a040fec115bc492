import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';

const credential = new TallyAccountApi();

async function headersFor(data: Record<string, string>, headers?: Record<string, string>) {
	const request = { url: 'https://api.tally.so/users/me', ...(headers ? { headers } : {}) };
	const signed = await credential.authenticate(data, request);
	expect(request).toEqual({ url: 'https://api.tally.so/users/me', ...(headers ? { headers } : {}) });
	return signed.headers;
}

it('has a name of its own, and fields whose names never change', () => {
	expect(credential.name).toBe('tallyAccountApi');
	expect(credential.properties.map(({ name, default: value }) => [name, value])).toEqual([
		['apiKey', ''],
		['baseUrl', 'https://api.tally.so'],
		['gatewayConnectionId', ''],
	]);
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

it('is tested by asking who the key belongs to', () => {
	const { request, rules = [] } = credential.test;
	expect(request.url).toBe('/users/me');
	const messages = rules.flatMap((rule) =>
		rule.type === 'responseCode' ? [[rule.properties.value, rule.properties.message]] : [],
	);
	expect(messages.map(([status]) => status)).toEqual([401, 403, 404, 429]);
	for (const [, message] of messages) expect(message).toMatch(/Tally/);
});
