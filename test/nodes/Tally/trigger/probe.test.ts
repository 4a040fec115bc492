import type { IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { readDelivery } from '../../../../nodes/Tally/submission/delivery';
import {
	answerToProbe,
	isProofOfArrival,
	proofOfArrival,
	residentAt,
	type Resident,
} from '../../../../nodes/Tally/trigger/probe';
import { isSignedBy, signatureOf } from '../../../../nodes/Tally/trigger/signature';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const URL_OF_OURS = 'https://n8n.example.com/webhook/1/webhook';
const SECRET = 's'.repeat(64);

type Answer = { status?: number; text?: string } | undefined;

/** n8n, and whoever is at the address; `posted` has what was sent there. */
function n8nWith(answer: (request: { body: Buffer; signature: string }) => Answer) {
	const posted: Array<IHttpRequestOptions & { body: string }> = [];
	const httpRequest = (request: IHttpRequestOptions & { body: string }) => {
		posted.push(request);
		const { 'Tally-Signature': signature = '' } = request.headers as Record<string, string>;
		const given = answer({ body: Buffer.from(request.body), signature });
		if (given === undefined) return Promise.reject(new Error('ENOTFOUND'));
		const body = [Buffer.from(given.text ?? '')];
		return Promise.resolve({ statusCode: given.status ?? 200, headers: {}, body });
	};
	return { context: { helpers: { httpRequest } } as unknown as IHookFunctions, posted };
}

const oursAt =
	(...addresses: string[]) =>
	({ body }: { body: Buffer }): Answer => ({ text: answerToProbe(body, SECRET, addresses) });

it.each<[string, Parameters<typeof n8nWith>[0], Resident]>([
	['a trigger of ours', oursAt(URL_OF_OURS), 'ours'],
	[
		'one with several addresses, written in another way',
		oursAt('https://x.example/', 'HTTPS://n8n.example.com:443/webhook/1/webhook'),
		'ours',
	],
	[
		'somebody who passes it on to a trigger of ours elsewhere',
		oursAt('https://n8n.new.example.com/webhook/1/webhook'),
		'nobodyOfOurs',
	],
	['somebody who sends it back', ({ body }) => ({ text: body.toString() }), 'nobodyOfOurs'],
	['somebody who sends back its signature', ({ signature }) => ({ text: signature }), 'nobodyOfOurs'],
	[
		'a trigger with another secret',
		({ body }) => ({ text: answerToProbe(body, 'other', [URL_OF_OURS]) }),
		'nobodyOfOurs',
	],
	['a page that has no end', () => ({ text: 'x'.repeat(1_000_000) }), 'nobodyOfOurs'],
	['a login page', () => ({ status: 302, text: '<html>' }), 'nobodyOfOurs'],
	['nothing', () => undefined, 'nobodyOfOurs'],
	['a proxy whose n8n is down', () => ({ status: 502 }), 'unclear'],
	['something that has had too much', () => ({ status: 429 }), 'unclear'],
])('%s is there', async (_who, answer, resident) => {
	expect(await residentAt(n8nWith(answer).context, URL_OF_OURS, SECRET)).toBe(resident);
});

it('asks anew where a connection broke, and each time with another nonce', async () => {
	const { context, posted } = n8nWith((request) => (posted.length === 1 ? undefined : oursAt(URL_OF_OURS)(request)));
	expect(await residentAt(context, URL_OF_OURS, SECRET)).toBe('ours');
	await residentAt(context, URL_OF_OURS, SECRET);
	expect(posted.map(({ body }) => body)).toEqual([
		posted[0]?.body,
		posted[0]?.body,
		expect.not.stringMatching(posted[0]?.body ?? ''),
	]);
	expect(posted[0]).toMatchObject({ method: 'POST', url: URL_OF_OURS, disableFollowRedirect: true });
});

describe('What is sent and answered is of no use to a stranger', () => {
	it('a probe is no submission, and its answer no signature of anything', async () => {
		const { context, posted } = n8nWith(oursAt(URL_OF_OURS));
		await residentAt(context, URL_OF_OURS, SECRET);
		const body = Buffer.from(posted[0]?.body ?? '');
		expect(readDelivery(body)).toEqual({ kind: 'notTally' });
		const { nonce, url } = (JSON.parse(body.toString()) as { tallyTriggerProbe: { nonce: string; url: string } })
			.tallyTriggerProbe;
		const proof = answerToProbe(body, SECRET, [URL_OF_OURS]);
		for (const text of [`probe ${nonce} ${url}`, nonce, url, body.toString()]) {
			expect(isSignedBy(SECRET, Buffer.from(text), proof)).toBe(false);
		}
	});

	it.each<[string, unknown]>([
		['a submission', { eventType: 'FORM_RESPONSE', data: {} }],
		['a probe without a nonce', { tallyTriggerProbe: { url: URL_OF_OURS } }],
		['a probe without an address', { tallyTriggerProbe: { nonce: 'a' } }],
		['a probe of parts of another kind', { tallyTriggerProbe: { nonce: { a: 1 }, url: [URL_OF_OURS] } }],
		['a probe that is a text', { tallyTriggerProbe: 'a' }],
		['a list', [{ tallyTriggerProbe: { nonce: 'a', url: URL_OF_OURS } }]],
		['null', null],
	])('%s has no answer', (_what, body) => {
		expect(answerToProbe(Buffer.from(JSON.stringify(body)), SECRET, [URL_OF_OURS])).toBeUndefined();
	});

	it('what is not JSON has no answer', () => {
		expect(answerToProbe(Buffer.from('{'), SECRET, [URL_OF_OURS])).toBeUndefined();
	});

	it('the proof that a request has arrived takes the secret, and is of this request', () => {
		const signature = signatureOf(Buffer.from('{}'), SECRET);
		const proof = proofOfArrival(SECRET, signature);
		expect(isProofOfArrival(SECRET, signature, proof)).toBe(true);
		expect(proof).not.toBe(signature);
		for (const other of [undefined, '', signature, [proof], proofOfArrival('other', signature)]) {
			expect(isProofOfArrival(SECRET, signature, other)).toBe(false);
		}
		expect(isProofOfArrival(SECRET, signatureOf(Buffer.from('{ }'), SECRET), proof)).toBe(false);
	});
});
