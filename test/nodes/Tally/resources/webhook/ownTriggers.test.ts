import fc from 'fast-check';

import { hasMark } from '../../../../../nodes/Tally/resources/webhook/arrival';
import { ownTriggers } from '../../../../../nodes/Tally/resources/webhook/ownTriggers';
import { TallyTrigger } from '../../../../../nodes/Tally/TallyTrigger.node';
import { logged } from './logged';

const ID = '5f0c3a52-93c1-4a8e-9a55-0d1f2c3b4a5e';

it('knows the addresses of Tally Trigger 1.2, and its answer', () => {
	const { webhooks = [] } = new TallyTrigger().getNodeType(1.2).description;
	expect(webhooks).toHaveLength(2);
	for (const { path, responseCode } of webhooks) {
		const webhookUrl = `https://n8n.example.com/webhook/${ID}/${path}`;
		const statusCode = responseCode as unknown as number;
		const isOwn = ownTriggers('https://n8n.example.com/rest');
		expect(hasMark([logged('a', 'SUCCEEDED', 1, { webhookUrl, statusCode })], isOwn)).toBe(true);
	}
});

describe.each<[rest: string, base: string]>([
	['https://n8n.example.com/rest', 'https://n8n.example.com'],
	['https://n8n.example.com:443/rest', 'https://N8N.example.com'],
	['http://localhost:5678/rest', 'http://localhost:5678'],
	['https://example.com/automation/n8n/rest', 'https://example.com/automation/n8n'],
])('with the REST API at %s', (rest, base) => {
	const isOwn = ownTriggers(rest);

	it.each([
		`/webhook/${ID}/webhook`,
		`/webhook/${ID}/finished`,
		`/webhook/${ID.toUpperCase()}/webhook`,
		'/webhook/Zk3jQ9vXw2LmN8pT/tally%20trigger/webhook',
		'/webhook/Zk3jQ9vXw2LmN8pT/tally%20trigger/finished',
	])('%s is a trigger of this n8n', (path) => {
		expect(isOwn(`${base}${path}`)).toBe(true);
	});

	it.each([
		'',
		'/webhook',
		`/webhook/${ID}`,
		`/webhook/${ID}/`,
		`/webhook/${ID}/webhook/`,
		`/webhook/${ID}/webhook/more`,
		`/webhook/${ID}/webhook?copy=1`,
		`/webhook/${ID}/webhook#copy`,
		`/webhook/${ID}/orders`,
		`/webhook-test/${ID}/webhook`,
		`/hooks/${ID}/webhook`,
		`/api/webhook/${ID}/webhook`,
		'/webhook/orders/webhook',
		'/webhook/webhook/webhook',
		`/webhook/webhook/${ID}/webhook`,
		`/webhook/../webhook-test/${ID}/webhook`,
		`/webhook/Zk3jQ9vXw2LmN8pT/a/b/webhook`,
	])('%s is none', (path) => {
		expect(isOwn(`${base}${path}`)).toBe(false);
	});
});

it.each([
	`http://n8n.example.com/webhook/${ID}/webhook`,
	`https://n8n.example.com:8443/webhook/${ID}/webhook`,
	`https://n8n.example.com.evil.example/webhook/${ID}/webhook`,
	`https://other.example.com/webhook/${ID}/webhook`,
	'https://hooks.zapier.com/hooks/catch/123/abc/',
	'https://hook.eu1.make.com/abcdefghijklmnop',
	`ftp://n8n.example.com/webhook/${ID}/webhook`,
	`/webhook/${ID}/webhook`,
	'',
	null,
	undefined,
	7,
	{ href: `https://n8n.example.com/webhook/${ID}/webhook` },
])("%j is none of https://n8n.example.com's", (address) => {
	expect(ownTriggers('https://n8n.example.com/rest')(address)).toBe(false);
});

it('an n8n below a path owns nothing beside it', () => {
	const isOwn = ownTriggers('https://example.com/a/rest');
	expect(isOwn(`https://example.com/webhook/${ID}/webhook`)).toBe(false);
	expect(isOwn(`https://example.com/b/webhook/${ID}/webhook`)).toBe(false);
	expect(isOwn(`https://example.com/ab/webhook/${ID}/webhook`)).toBe(false);
});

it.each(['', 'rest', '/rest', undefined, null, 7, 'file:///rest'])('an n8n at %j owns nothing', (rest) => {
	expect(ownTriggers(rest)(`https://n8n.example.com/webhook/${ID}/webhook`)).toBe(false);
	expect(ownTriggers(rest)(`file:///webhook/${ID}/webhook`)).toBe(false);
});

it('another n8n is never this one, wherever it is', () => {
	const segment = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
	const base = fc
		.tuple(
			fc.constantFrom('https', 'http'),
			fc.constantFrom('a.example', 'b.example', 'b.example:8080'),
			fc.array(segment, { maxLength: 2 }),
		)
		.map(([scheme, host, path]) => [`${scheme}://${host}`, ...path].join('/'));
	const trigger = fc
		.tuple(fc.uuid(), fc.constantFrom('webhook', 'finished'))
		.map(([id, path]) => `/webhook/${id}/${path}`);
	fc.assert(
		fc.property(base, base, trigger, (one, other, path) => {
			expect(ownTriggers(`${one}/rest`)(`${other}${path}`)).toBe(one === other);
		}),
	);
});
