import fc from 'fast-check';
import { WebhookContext } from 'n8n-core';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { signatureOf } from '../../nodes/Tally/trigger/signature';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { bodyWith, bytesOf } from '../nodes/Tally/deliveries';
import { seeded, timeoutMs } from '../support/fuzz';
import { TriggerLife, type ArrivedRequest } from '../support/triggerLife';

const secret = 'f'.repeat(64);
const fields = [{ key: 'question_a', label: 'Name', type: 'INPUT_TEXT', value: 'Zoë ✓' }];

/** A trigger that is registered for the form GxdRaQ. */
function registered(options: Record<string, unknown> = {}): TriggerLife {
	const life = new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'list', value: 'GxdRaQ' }, options: options as never },
		credential: { type: new TallyAccountApi(), data: { apiKey: 'tly-test', baseUrl: 'https://api.tally.so' } },
	});
	life.store({ webhookId: 'w1', formId: 'GxdRaQ', secret });
	return life;
}

function signed(body: unknown): ArrivedRequest {
	const rawBody = Buffer.isBuffer(body) ? body : bytesOf(body);
	return { rawBody, headers: { 'tally-signature': signatureOf(rawBody, secret) } };
}

/** What came of a request: the status that the node gave, and how many items start a workflow. */
async function resultOf(life: TriggerLife, request: ArrivedRequest): Promise<{ status?: number; items: number }> {
	const { outcome, answer } = await life.receive(request);
	if (outcome.workflowData === undefined) {
		expect(outcome).toEqual({ noWebhookResponse: true });
		expect(answer.isEnded).toBe(true);
	}
	return {
		...(answer.status === undefined ? {} : { status: answer.status }),
		items: outcome.workflowData?.flat().length ?? 0,
	};
}

describe('A signed submission', () => {
	it('starts the workflow with its item, and leaves the answer to n8n', async () => {
		const { outcome, answer } = await registered().receive(signed(bodyWith(fields)));
		expect(outcome).toEqual({
			workflowData: [
				[{ json: expect.objectContaining({ submissionId: 'Z9Z97Go', answers: { Name: 'Zoë ✓' } }) as object }],
			],
		});
		expect(answer).toEqual({ isEnded: false });
	});

	it('is read by n8n now if it was not before', async () => {
		const body = bytesOf(bodyWith(fields));
		const request: ArrivedRequest = {
			headers: { 'tally-signature': signatureOf(body, secret) },
			readRawBody() {
				this.rawBody = body;
				return Promise.resolve();
			},
		};
		expect(await resultOf(registered(), request)).toEqual({ items: 1 });
	});

	it('is taken in a test, with the secret of the test', async () => {
		const life = registered();
		const test = life.storedWith({ webhookId: 't', formId: 'GxdRaQ', url: life.testUrl, secret: 'of the test' });
		const body = bytesOf(bodyWith(fields));
		const request = { rawBody: body, headers: { 'tally-signature': signatureOf(body, 'of the test') } };
		expect((await life.receive(request, test, true)).outcome.workflowData).toHaveLength(1);
		expect(await resultOf(life, request)).toEqual({ status: 401, items: 0 });
	});

	it.each([
		[{ answerKeys: 'key' }, { answers: { question_a: 'Zoë ✓' } }],
		[{ includeUnanswered: true }, { answers: { Name: 'Zoë ✓', Age: null } }],
		[{ includeLinks: true }, { previewUrl: 'https://tally.so/p', pdfUrl: null }],
		[{ raw: true }, { raw: { eventType: 'FORM_RESPONSE' } }],
		[{ answerKeys: 'nonsense', raw: 'yes' }, { answers: { Name: 'Zoë ✓' } }],
	])('is shown as the options say: %j', async (options, shown) => {
		const age = { key: 'question_b', label: 'Age', type: 'INPUT_NUMBER', value: null };
		const body = bodyWith([...fields, age], { submissionPreviewUrl: 'https://tally.so/p' });
		const { outcome } = await registered(options).receive(signed(body));
		expect(outcome.workflowData?.[0]?.[0]?.json).toMatchObject(shown);
	});
});

describe('Options that an expression gives', () => {
	const age = { key: 'question_b', label: 'Age', type: 'INPUT_NUMBER', value: null };
	const jsonOf = async (life: TriggerLife) =>
		(await life.receive(signed(bodyWith([...fields, age])))).outcome.workflowData?.[0]?.[0]?.json;

	it.each<[unknown, boolean]>([
		['={{ "false" }}', false],
		['={{ "No" }}', false],
		['={{ 0 }}', false],
		['={{ "" }}', false],
		['={{ null }}', false],
		['={{ "true" }}', true],
		['={{ "YES" }}', true],
		['={{ 1 }}', true],
		[' on ', true],
	])('count as a person means them: %j', async (includeUnanswered, isOn) => {
		const life = registered({ includeUnanswered });
		expect(await jsonOf(life)).toHaveProperty('answers', isOn ? { Name: 'Zoë ✓', Age: null } : { Name: 'Zoë ✓' });
		expect(life.log).toEqual([]);
	});

	it.each(['={{ "perhaps" }}', '={{ ["yes"] }}', '={{ 2 }}'])(
		'count as off where they are %s, and the log says so once',
		async (value) => {
			const life = registered({ includeUnanswered: value, raw: true });
			for (let time = 0; time < 3; time++) {
				expect(await jsonOf(life)).toMatchObject({ answers: { Name: 'Zoë ✓' }, raw: { eventType: 'FORM_RESPONSE' } });
			}
			expect(life.log).toEqual([expect.stringContaining('could not read its option "Include Unanswered"')]);
			expect(life.log.join()).not.toContain('perhaps');
		},
	);

	it('do not keep the others from counting where one fails', async () => {
		const life = registered({ includeUnanswered: `={{ $('Gone').item.json.x }}`, answerKeys: 'key', raw: true });
		expect(await jsonOf(life)).toMatchObject({ answers: { question_a: 'Zoë ✓' }, raw: { eventType: 'FORM_RESPONSE' } });
		expect(life.log).toEqual([expect.stringContaining('"Include Unanswered"')]);
	});
});

describe('A probe', () => {
	const nonce = '0123456789abcdef';
	const probe = (url: string) => signed({ tallyTriggerProbe: { nonce, url } });

	it('is answered for the addresses of the trigger, and starts nothing', async () => {
		const life = registered();
		for (const url of [life.productionUrl, life.finishedUrl]) {
			const { outcome, answer } = await life.receive(probe(url));
			expect(outcome).toEqual({ noWebhookResponse: true });
			expect(answer).toEqual({
				status: 200,
				type: 'text/plain',
				isEnded: true,
				text: expect.stringMatching(/^[\w+/]{43}=$/) as string,
			});
		}
		expect(life.log).toEqual([]);
	});

	it('is not answered for another address, nor without the secret', async () => {
		const life = registered();
		expect((await life.receive(probe('https://elsewhere.example/webhook/1/webhook'))).answer).toMatchObject({
			status: 400,
			text: 'Not a Tally submission',
		});
		expect((await life.receive(probe(life.testUrl))).answer).toMatchObject({ status: 400 });
		const unsigned = { ...probe(life.productionUrl), headers: {} };
		expect((await life.receive(unsigned)).answer).toMatchObject({ status: 401, text: 'Unauthorized' });
	});
});

describe('What is in the way of a delivery', () => {
	it('and was not thought of is answered with 503, so that Tally sends again', async () => {
		const life = registered();
		jest.spyOn(WebhookContext.prototype, 'getHeaderData').mockImplementation(() => {
			throw new Error('ada@example.com');
		});
		const { outcome, answer } = await life.receive(signed(bodyWith(fields)));
		expect(outcome).toEqual({ noWebhookResponse: true });
		expect(answer).toMatchObject({ status: 503 });
		expect(life.log).toEqual([expect.stringContaining('could not take a delivery')]);
		expect(life.log.join()).not.toContain('ada');
		jest.restoreAllMocks();
	});

	it('is not its size: 200,000 fields start one run', async () => {
		const many = Array.from({ length: 200_000 }, (_, index) => ({
			key: `question_c_${index}`,
			label: 'x',
			type: 'CHECKBOXES',
			value: true,
			options: [],
		}));
		expect(await resultOf(registered(), signed(bodyWith(many)))).toEqual({ items: 1 });
	});

	it('is not its depth', async () => {
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		const body = JSON.stringify(bodyWith([...fields, { key: 'q', label: 'Q', type: 'X', value: 'here' }]));
		expect(await resultOf(registered(), signed(Buffer.from(body.replace('"here"', deep))))).toEqual({ items: 1 });
	});

	it('is not a body that comes too slowly', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
			const controller = new AbortController();
			setImmediate(() => controller.abort());
			return controller.signal;
		});
		const request = { headers: {}, readRawBody: () => new Promise<void>(() => undefined) };
		expect(await resultOf(registered(), request)).toEqual({ status: 400, items: 0 });
		timeout.mockRestore();
	});
});

describe('401, and nothing starts', () => {
	const body = bytesOf(bodyWith(fields));
	const right = signatureOf(body, secret);
	const changed = Buffer.from(body);
	changed[40] = (changed[40] ?? 0) ^ 1;

	it.each<[string, ArrivedRequest]>([
		['without a signature', { rawBody: body, headers: {} }],
		['with a byte changed', { rawBody: changed, headers: { 'tally-signature': right } }],
		["with another webhook's secret", { rawBody: body, headers: { 'tally-signature': signatureOf(body, 'other') } }],
		['with two signatures', { rawBody: body, headers: { 'tally-signature': [right, right] } }],
		['with a short signature', { rawBody: body, headers: { 'tally-signature': 'AAAA' } }],
		['with an empty body', { rawBody: Buffer.alloc(0), headers: { 'tally-signature': right } }],
		['without a body at all', { headers: {}, readRawBody: () => Promise.resolve() }],
	])('%s', async (_how, request) => {
		const life = registered();
		expect(await resultOf(life, request)).toEqual({ status: 401, items: 0 });
		expect(life.log).toEqual([expect.stringContaining('a proxy in front of n8n')]);
		expect(life.log.join()).not.toContain('Zoë');
		expect(life.log.join()).not.toContain(secret);
	});

	it.each([
		['no secret', { sealedSecret: undefined }],
		['an empty secret', { sealedSecret: '' }],
		['a secret of another kind', { sealedSecret: 7 }],
		['no webhook', { webhookId: undefined }],
	])('with %s to check it with', async (_what, memory) => {
		const life = registered();
		life.stored = JSON.stringify({ 'node:Tally Trigger': { ...life.memory, ...memory } });
		const request = { rawBody: body, headers: { 'tally-signature': signatureOf(body, '') } };
		expect(await resultOf(life, request)).toEqual({ status: 401, items: 0 });
		expect(life.log).toEqual([expect.stringContaining('no signing secret is stored')]);
	});

	it('for a node that was renamed', async () => {
		const life = registered();
		life.nodeName = 'Another';
		expect(await resultOf(life, signed(bodyWith(fields)))).toEqual({ status: 401, items: 0 });
	});
});

describe('400, and nothing starts', () => {
	it.each([
		['no JSON', 'data='],
		['nothing', ''],
		['JSON of something else', { hello: 1 }],
		['deep nesting', '['.repeat(50_000)],
	])('for %s, signed', async (_what, body) => {
		expect(await resultOf(registered(), signed(body))).toEqual({ status: 400, items: 0 });
	});

	it('for another form than the one chosen, and says so', async () => {
		const life = registered();
		expect(await resultOf(life, signed(bodyWith(fields, { formId: 'OtherF' })))).toEqual({ status: 400, items: 0 });
		expect(life.log).toEqual([expect.stringContaining('of another form')]);
	});

	it('for a body that can not be read', async () => {
		const request = { headers: {}, readRawBody: () => Promise.reject(new Error('too large')) };
		expect(await resultOf(registered(), request)).toEqual({ status: 400, items: 0 });
	});
});

it('answers 200 to an event of a kind that it does not know, and nothing starts', async () => {
	const body = { ...bodyWith(fields), eventType: 'FORM_VIEW' };
	expect(await resultOf(registered(), signed(body))).toEqual({ status: 200, items: 0 });
});

describe('What is said of a refusal', () => {
	const body = bytesOf(bodyWith(fields));
	const unreadable = { headers: {}, readRawBody: () => Promise.reject(new Error('too large')) };
	const unsigned = { rawBody: body, headers: {} };
	const nameless = () => {
		const life = registered();
		life.stored = '{}';
		return life;
	};
	const unlocked = () =>
		new TriggerLife({
			node: new TallyTrigger(),
			parameters: { formId: { __rl: true, mode: 'list', value: 'GxdRaQ' } },
			credential: { type: new TallyAccountApi(), data: new Error('The credential is gone') },
		});

	it.each<[number, string, ArrivedRequest, (() => TriggerLife)?]>([
		[400, 'The body could not be read', unreadable],
		[401, 'Unauthorized', unsigned],
		[401, 'Unauthorized', signed(bodyWith(fields)), nameless],
		[200, 'Ignored: not a submission', signed({ ...bodyWith(fields), eventType: 'FORM_VIEW' })],
		[400, 'Not a Tally submission', signed({ hello: 1 })],
		[400, 'Not a submission of this form', signed(bodyWith(fields, { formId: 'OtherF' }))],
	])('%d %s', async (status, text, request, make = registered) => {
		const { answer } = await make().receive(request);
		expect(answer).toEqual({ status, text, type: 'text/plain', isEnded: true });
	});

	it('503 where the credential can not be read', async () => {
		const life = unlocked();
		life.store({ webhookId: 'w1', formId: 'GxdRaQ', secret: 'sealed with a key that nobody can read' }, 'tly-other');
		const { answer } = await life.receive(signed(bodyWith(fields)));
		expect(answer).toMatchObject({ status: 503, text: 'The signature can not be checked now' });
		expect(life.log).toEqual([expect.stringContaining('could not check a delivery')]);
	});

	it('in the log once a minute, however many forged deliveries come', async () => {
		const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000_000);
		const life = registered();
		for (let time = 0; time < 500; time++) await life.receive(unsigned);
		expect(life.log).toHaveLength(1);
		clock.mockReturnValue(1_060_000);
		await life.receive(unsigned);
		expect(life.log).toHaveLength(2);
		expect(life.log[1]).toContain('Left out since the last such line: 499.');
		clock.mockRestore();
	});

	it('in the log with the workflow and the node, and nothing of the request', async () => {
		const life = registered();
		await life.receive(unsigned);
		expect(life.log).toEqual([expect.stringMatching(/workflowId: 'workflow-1', node: 'Tally Trigger'/)]);
	});
});

describe('Random and mutated requests', () => {
	const USUAL_RUNS = 3000;
	const valid = JSON.stringify(bodyWith(fields));

	/** The body of a real delivery with a few bytes overwritten, removed or put in. */
	const mutated = fc
		.array(fc.tuple(fc.nat(valid.length), fc.nat(3), fc.string({ maxLength: 6 })), { minLength: 1, maxLength: 4 })
		.map((edits) => edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), valid));
	/** A delivery whose parts are of any kind. */
	const shapeless = fc
		.record(
			{
				eventId: fc.jsonValue(),
				eventType: fc.constantFrom('FORM_RESPONSE', 'FORM_VIEW', null, 7),
				data: fc.record(
					{
						formId: fc.constantFrom('GxdRaQ', 'OtherF', 7, null),
						submissionId: fc.jsonValue(),
						responseId: fc.string(),
						fields: fc.array(
							fc.oneof(
								fc.jsonValue(),
								fc.record(
									{
										key: fc.oneof(fc.string(), fc.constantFrom('question_a_b', 'question_a', '__proto__')),
										label: fc.jsonValue({ maxDepth: 1 }),
										type: fc.constantFrom(
											'CHECKBOXES',
											'MATRIX',
											'PAYMENT',
											'FILE_UPLOAD',
											'DROPDOWN',
											'RANKING',
											'HIDDEN_FIELDS',
											7,
										),
										value: fc.jsonValue({ maxDepth: 3 }),
										options: fc.jsonValue({ maxDepth: 2 }),
										rows: fc.jsonValue({ maxDepth: 2 }),
										columns: fc.jsonValue({ maxDepth: 2 }),
									},
									{ requiredKeys: [] },
								),
							),
							{ maxLength: 6 },
						),
					},
					{ requiredKeys: [] },
				),
			},
			{ requiredKeys: [] },
		)
		.map((body) => JSON.stringify(body));
	const body = fc
		.oneof(mutated, shapeless, fc.json(), fc.string().map(String))
		.map((text) => Buffer.from(text))
		.chain((bytes) => fc.constantFrom(bytes, Buffer.from(bytes.toString('latin1'), 'utf16le')));
	/** What is almost the right signature of these bytes. */
	function nearMisses(rawBody: Buffer): unknown[] {
		const signature = signatureOf(rawBody, secret);
		const oneBitOff = Buffer.from(signature, 'base64');
		oneBitOff[0] = (oneBitOff[0] ?? 0) ^ 1;
		const digest = Buffer.from(signature, 'base64');
		return [
			signatureOf(Buffer.concat([rawBody, Buffer.from(' ')]), secret),
			signatureOf(rawBody, secret.toUpperCase()),
			signatureOf(rawBody, `${secret} `),
			signatureOf(rawBody, ''),
			oneBitOff.toString('base64'),
			`${signature} `,
			` ${signature}`,
			`${signature}\n`,
			`${signature}\0`,
			signature.slice(0, -1),
			`${signature}=`,
			digest.toString('base64url'),
			`${digest.toString('base64url')}=`,
			digest.toString('hex'),
			digest.toString('latin1'),
			signature.toUpperCase(),
			signature.toLowerCase(),
			`${signature},${signature}`,
			`${signature}, ${signature}`,
			`sha256=${signature}`,
			[signature],
			[signature, signature],
			{ toString: () => signature },
			// Where a change changes nothing, it is the right one.
		].filter((value) => value !== signature);
	}
	/** Names under which the right signature means nothing. */
	const otherNames = [
		'x-tally-signature',
		'tally_signature',
		'signature',
		'tally-signature ',
		'authorization',
		'__proto__',
	];
	const headersFor = (rawBody: Buffer) =>
		fc.oneof(
			fc.constant({}),
			fc.record({
				'tally-signature': fc.oneof(
					fc.string(),
					fc.base64String({ minLength: 44, maxLength: 44 }),
					fc.array(fc.string()),
				),
			}),
			fc.constantFrom(...nearMisses(rawBody)).map((value) => ({ 'tally-signature': value })),
			fc.tuple(fc.constantFrom(...otherNames), fc.boolean()).map(([name, isList]) => {
				const signature = signatureOf(rawBody, secret);
				return Object.fromEntries([[name, isList ? [signature] : signature]]);
			}),
		);
	const unsigned = body.chain((rawBody) =>
		headersFor(rawBody).map((headers) => ({ rawBody, headers: headers as ArrivedRequest['headers'] })),
	);

	it(
		'neither throw nor start anything unless they are signed',
		async () => {
			const life = registered();
			await fc.assert(
				fc.asyncProperty(unsigned, async (request) => {
					expect(await resultOf(life, request)).toEqual({ status: 401, items: 0 });
					life.log.length = 0;
				}),
				seeded(USUAL_RUNS),
			);
		},
		timeoutMs(USUAL_RUNS),
	);

	it('that are nearly signed start nothing, each kind of it', async () => {
		const life = registered();
		const rawBody = bytesOf(bodyWith(fields));
		expect((await resultOf(life, signed(rawBody))).items).toBe(1);
		for (const value of nearMisses(rawBody)) {
			const headers = { 'tally-signature': value } as ArrivedRequest['headers'];
			expect({ value, ...(await resultOf(life, { rawBody, headers })) }).toEqual({ value, status: 401, items: 0 });
		}
		for (const name of otherNames) {
			const headers = Object.fromEntries([[name, signatureOf(rawBody, secret)]]);
			expect(await resultOf(life, { rawBody, headers })).toEqual({ status: 401, items: 0 });
		}
	});

	it(
		'do not throw even if they are signed, and start what is a submission of the form',
		async () => {
			const life = registered({ includeUnanswered: true, raw: true, includeLinks: true });
			const seen = new Set<number | undefined>();
			await fc.assert(
				fc.asyncProperty(body, async (rawBody) => {
					const { status, items } = await resultOf(life, signed(rawBody));
					seen.add(status);
					expect(items).toBe(status === undefined ? 1 : 0);
					life.log.length = 0;
				}),
				seeded(USUAL_RUNS),
			);
			expect(seen).toEqual(new Set([undefined, 200, 400]));
		},
		timeoutMs(USUAL_RUNS),
	);
});
