import nock from 'nock';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { ScriptedTally } from '../support/scriptedTally';
import { TriggerLife, type TriggerSetup } from '../support/triggerLife';

// Whoever does not answer a probe is asked again after a pause.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

function trigger(changes: Partial<TriggerSetup> & { apiKey?: string; baseUrl?: string } = {}): TriggerLife {
	const { apiKey = 'tly-test', baseUrl = 'https://api.tally.so', ...setup } = changes;
	return new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'list', value: 'GxdRaQ' } },
		credential: { type: new TallyAccountApi(), data: { apiKey, baseUrl, gatewayConnectionId: '' } },
		...setup,
	});
}

let tally: ScriptedTally;

beforeAll(() => nock.disableNetConnect());
beforeEach(() => {
	tally = new ScriptedTally();
});
afterEach(() => nock.cleanAll());
// Each file has its own nock: the next one could not intercept anything otherwise.
afterAll(() => nock.restore());

/** The enabled webhooks at an address, with the secret that signs their deliveries. */
function at(url: string): Array<{ formId: string; secret: string | null }> {
	return tally.webhooks
		.filter((webhook) => webhook.url === url && webhook.isEnabled)
		.map(({ formId, signingSecret }) => ({ formId, secret: signingSecret }));
}

/** Tally delivers to exactly one webhook of ours, and the node knows its secret. */
function expectOneOf(life: TriggerLife, formId = 'GxdRaQ'): void {
	expect(at(life.productionUrl)).toEqual([{ formId, secret: life.secret }]);
	expect(life.secret).toEqual(expect.stringMatching(/./));
	expect(tally.webhooks.filter(({ url }) => url === life.productionUrl)).toHaveLength(1);
}

/** What n8n shows of an error: its message alone. */
async function failure(promise: Promise<unknown>): Promise<string> {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(Error);
	return (error as Error).message;
}

describe('A published trigger', () => {
	it('has one signed webhook, and none after it is unpublished', async () => {
		const life = trigger();
		await life.publish();
		expectOneOf(life);
		expect(life.secret).toMatch(/^[0-9a-f]{64}$/);
		expect(tally.webhooks[0]).toMatchObject({ eventTypes: ['FORM_RESPONSE'], isEnabled: true });

		expect(await life.unpublish()).toBeUndefined();
		expect(tally.webhooks).toEqual([]);
		expect(life.secret).toBeUndefined();
	});

	it.each([
		[{}, 'productionUrl'],
		[{ acknowledge: 'received' }, 'productionUrl'],
		[{ acknowledge: 'finished' }, 'finishedUrl'],
	] as const)('has Tally deliver to the address that answers as chosen: %j', async (options, address) => {
		const life = trigger();
		life.parameters = { ...life.parameters, options };
		await life.publish();
		expect(tally.webhooks.map(({ url }) => url)).toEqual([life[address]]);
		await life.publish();
		expect(tally.webhooks.map(({ url }) => url)).toEqual([life[address]]);
		expect(await life.unpublish()).toBeUndefined();
		expect(tally.webhooks).toEqual([]);
	});

	it('moves its webhook to the other address, so that Tally is never without one', async () => {
		const life = trigger();
		await life.publish();
		const [webhook] = tally.webhooks;
		const httpHeaders = [{ name: 'X-Tenant', value: 'a' }];
		Object.assign(webhook ?? {}, { httpHeaders });
		const { secret } = life;
		tally.requests.length = 0;
		life.parameters = { ...life.parameters, options: { acknowledge: 'finished' } };
		expect(await life.once('checkExists')).toBe(true);
		expect(tally.webhooks).toEqual([
			{ ...webhook, url: life.finishedUrl, httpHeaders, signingSecret: secret, isEnabled: true },
		]);
		expect(life.secret).toBe(secret);
		expect(tally.requests.filter((request) => !request.startsWith('GET'))).toEqual([
			`PATCH /webhooks/${webhook?.id ?? ''}`,
		]);
	});

	it('moves it by its id where the list of webhooks is forbidden', async () => {
		tally.isListForbidden = true;
		const life = trigger();
		await life.publish();
		life.parameters = { ...life.parameters, options: { acknowledge: 'finished' } };
		await life.publish();
		expect(at(life.finishedUrl)).toEqual([{ formId: 'GxdRaQ', secret: life.secret }]);
		expect(tally.webhooks).toHaveLength(1);
	});

	it('keeps the one at the address that was chosen, where it has left one at each', async () => {
		const life = trigger();
		tally.place({ url: life.productionUrl, signingSecret: 'of the other address' });
		tally.place({ url: life.finishedUrl, signingSecret: null, isEnabled: false });
		life.parameters = { ...life.parameters, options: { acknowledge: 'finished' } };
		await life.publish();
		expect(tally.webhooks.map(({ id }) => id)).toEqual(['w2']);
		expect(at(life.finishedUrl)).toEqual([{ formId: 'GxdRaQ', secret: life.secret }]);
	});

	it('leaves its other address, even if its old webhook was never removed', async () => {
		const life = trigger();
		await life.publish();
		const { formId } = life.parameters;
		life.parameters = { formId: formId, options: { acknowledge: 'finished' } };
		await life.publish();
		expect(at(life.finishedUrl)).toEqual([{ formId: 'GxdRaQ', secret: life.secret }]);
		expect(tally.webhooks).toHaveLength(1);
		life.parameters = { formId: formId };
		await life.publish();
		expectOneOf(life);
		expect(tally.webhooks).toHaveLength(1);
	});

	it('is not registered twice when it is published again', async () => {
		const life = trigger();
		await life.publish();
		const { secret } = life;
		await life.publish();
		expectOneOf(life);
		expect(life.secret).toBe(secret);
		expect(tally.requests.filter((request) => request.startsWith('PATCH'))).toEqual([]);
	});

	it('pins the version of the API and sends no empty gateway header', async () => {
		await trigger().publish();
		expect(tally.headers).toMatchObject({ 'tally-version': '2025-02-01' });
		expect(tally.headers).not.toHaveProperty('maton-connection');
	});

	it('finds its webhook on the last of many pages', async () => {
		for (let index = 0; index < 9; index++) {
			tally.place({ url: `https://elsewhere.example/${index}` });
		}
		const life = trigger();
		tally.place({ url: life.productionUrl, signingSecret: 'known before' });
		await life.publish();
		expectOneOf(life);
		expect(life.secret).toBe('known before');
		expect(tally.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
	});

	it.each([
		['disabled', { isEnabled: false }],
		['without a secret', { signingSecret: null }],
		['disabled and without a secret', { isEnabled: false, signingSecret: '' }],
	])('takes over its own webhook that is %s, headers and all', async (_how, state) => {
		const life = trigger();
		const httpHeaders = [{ name: 'X-Tenant', value: 'a' }];
		tally.place({ url: life.productionUrl, httpHeaders, ...state });
		await life.publish();
		expectOneOf(life);
		expect(tally.webhooks[0]?.httpHeaders).toEqual(httpHeaders);
	});

	it('takes over its own webhook at once', async () => {
		const life = trigger();
		tally.place({ url: life.productionUrl, isEnabled: false });
		expect(await life.once('checkExists')).toBe(true);
		expectOneOf(life);
	});

	it('does not take the secret that it knows for that of another webhook at its address', async () => {
		const life = trigger();
		await life.publish();
		tally.webhooks.length = 0;
		tally.place({ url: life.productionUrl, signingSecret: null });
		await life.publish();
		expectOneOf(life);
	});

	it('registers anew where the webhook to take over has gone meanwhile', async () => {
		const life = trigger();
		tally.place({ url: life.productionUrl, isEnabled: false });
		tally.meets({ at: 'PATCH /webhooks/', status: 404 });
		expect(await life.once('checkExists')).toBe(false);
	});

	it.each([
		[500, 'Tally is not working at the moment (status 500)'],
		[403, 'The owner of the API key may not add a webhook to the form GxdRaQ'],
	])('says why it could not take over its own webhook (%d)', async (status, message) => {
		const life = trigger();
		tally.place({ url: life.productionUrl, isEnabled: false });
		tally.meets({ at: 'PATCH /webhooks/', status });
		expect(await failure(life.once('checkExists'))).toContain(`${message}. `);
	});

	it('keeps one of several webhooks at its address and leaves other addresses alone', async () => {
		const life = trigger();
		tally.place({ url: life.productionUrl, isEnabled: false });
		tally.place({ url: life.productionUrl, signingSecret: null });
		tally.place({ url: life.productionUrl, signingSecret: 'good' });
		tally.place({ url: life.productionUrl, formId: 'OtherF', signingSecret: 'stray' });
		const theirs = tally.place({ url: 'https://elsewhere.example/' });
		await life.publish();
		expectOneOf(life);
		expect(life.secret).toBe('good');
		expect(tally.webhooks).toContain(theirs);
	});

	it('prefers the webhook that it remembers', async () => {
		const life = trigger();
		await life.publish();
		const { webhookId } = life.memory;
		tally.webhooks.unshift({ ...tally.place({ url: life.productionUrl }), id: 'twin' });
		tally.webhooks.pop();
		await life.publish();
		expectOneOf(life);
		expect(life.memory.webhookId).toBe(webhookId);
	});

	it('is not confused by webhooks in the list that are none', async () => {
		const life = trigger();
		for (const odd of [{ id: '' }, { formId: '' }, { url: '' }]) {
			tally.place({ url: life.productionUrl, ...odd });
		}
		tally.pageSize = 10;
		await life.publish();
		expect(life.memory.webhookId).toBe(tally.webhooks.at(-1)?.id);
		expect(tally.webhooks).toHaveLength(4);
	});

	it('keeps the secret that it knows where a gateway hides secrets in the list', async () => {
		const life = trigger();
		await life.publish();
		const { secret } = life;
		const [webhook] = tally.webhooks;
		if (webhook) webhook.signingSecret = null;
		await life.publish();
		expect(life.secret).toBe(secret);
	});

	it('moves to another form', async () => {
		tally.addForm('NewFrm', 'New');
		const life = trigger();
		await life.publish();
		await life.unpublish();
		life.parameters = { formId: { __rl: true, mode: 'id', value: 'NewFrm' } };
		await life.publish();
		expectOneOf(life, 'NewFrm');
	});

	it('moves to another form even if its old webhook was never removed', async () => {
		tally.addForm('NewFrm', 'New');
		const life = trigger();
		await life.publish();
		life.parameters = { formId: { __rl: true, mode: 'id', value: 'NewFrm' } };
		await life.publish();
		expectOneOf(life, 'NewFrm');
	});

	it.each([
		['https://tally.so/forms/GxdRaQ/edit', 'url'],
		['https://tally.so/r/GxdRaQ?utm_source=x', 'url'],
		['https://tally.so/r/GxdRaQ', 'id'],
		[' GxdRaQ ', 'id'],
	])('takes the form from %j typed by %s', async (value, mode) => {
		const life = trigger({ parameters: { formId: { __rl: true, mode, value } } });
		await life.publish();
		expectOneOf(life);
	});

	it.each([
		['', 'No form is chosen'],
		['not a form!', 'The value of "Form" is not a Tally form'],
		['={{ 7.5 }}', 'No form is chosen'],
	])('says of the form %j what is wrong', async (value, message) => {
		const life = trigger({ parameters: { formId: { __rl: true, mode: 'id', value } } });
		expect(await failure(life.publish())).toContain(`${message}. `);
		expect(tally.webhooks).toEqual([]);
	});
});

describe('An account that never had a webhook', () => {
	beforeEach(() => {
		tally.hadWebhooks = false;
	});

	it('is registered although Tally answers 401 to the list', async () => {
		const life = trigger();
		await life.publish();
		expectOneOf(life);
	});

	it('is told that its key is bad if it is', async () => {
		const life = trigger({ apiKey: 'tly-wrong' });
		const message = await failure(life.publish());
		expect(message).toContain('Tally does not accept the API key. ');
		expect(message).toContain('Open the Tally credential');
		expect(message).not.toContain('tly-');
	});
});

describe('Where the list of webhooks is forbidden', () => {
	beforeEach(() => {
		tally.isListForbidden = true;
	});

	it('registers, publishes again without a second webhook, and removes by the stored id', async () => {
		const life = trigger();
		await life.publish();
		expectOneOf(life);
		await life.publish();
		expectOneOf(life);
		await life.unpublish();
		expect(tally.webhooks).toEqual([]);
	});

	it('registers anew if the remembered webhook is gone', async () => {
		const life = trigger();
		await life.publish();
		tally.webhooks.length = 0;
		expect(await life.once('checkExists')).toBe(false);
		expect(await life.once('create')).toBe(true);
		expectOneOf(life);
	});

	it('makes the remembered webhook right', async () => {
		const life = trigger();
		await life.publish();
		const [webhook] = tally.webhooks;
		if (webhook) webhook.isEnabled = false;
		expect(await life.once('create')).toBe(true);
		expectOneOf(life);
	});

	it.each([
		['is not working', { status: 500 }, 'Tally is not working'],
		['has had too many requests', { status: 429 }, 'Tally allows 100 requests a minute'],
		['can not be reached', {}, 'Tally could not be reached'],
	])('does not risk a second one while Tally %s', async (_why, incident, message) => {
		const life = trigger();
		await life.publish();
		tally.meets({ at: 'PATCH', times: 99, ...incident });
		await expect(life.once('create')).rejects.toThrow(message);
		expect(tally.webhooks).toHaveLength(1);
		expect(life.memory.webhookId).toBe(tally.webhooks[0]?.id);
	});
});

it.each([404, 403])('A gateway that knows no list of webhooks (%d) is no reason not to register', async (status) => {
	tally.meets({ at: 'GET /webhooks', status, times: 99 });
	const life = trigger();
	expect(await life.once('checkExists')).toBe(false);
	expect(await life.once('create')).toBe(true);
	expectOneOf(life);
	expect(tally.requests.filter((request) => request === 'GET /webhooks')).toHaveLength(1);
});

describe('Interrupted registration', () => {
	it.each([
		['the connection breaks', {}],
		['Tally answers 500', { status: 500 }],
		['a proxy answers 504', { status: 504, body: '<html>Gateway Time-out</html>' }],
		['the answer has no id', { status: 201, body: {} }],
	])('ends with one webhook if %s after Tally made it', async (_how, incident) => {
		tally.meets({ at: 'POST /webhooks', isDoneAnyway: true, ...incident });
		const life = trigger();
		await life.publish();
		expectOneOf(life);
		await life.unpublish();
		expect(tally.webhooks).toEqual([]);
	});

	it.each([
		['the connection breaks', {}],
		['Tally answers 500', { status: 500 }],
		['the answer has no id', { status: 201, body: {} }],
	])('finds what Tally made by itself, without another attempt of n8n, if %s', async (_how, incident) => {
		const life = trigger();
		expect(await life.once('checkExists')).toBe(false);
		tally.meets({ at: 'POST /webhooks', isDoneAnyway: true, ...incident });
		expect(await life.once('create')).toBe(true);
		expectOneOf(life);
	});

	it('believes no id in an answer that says it failed', async () => {
		const life = trigger();
		tally.meets({ at: 'POST /webhooks', status: 500, body: { id: 'request-7' } });
		await expect(life.once('create')).rejects.toThrow('Tally is not working');
		expect(life.memory).not.toHaveProperty('webhookId');
	});

	it('forgets at once what Tally has refused, and does not look for it', async () => {
		const life = trigger();
		tally.meets({ at: 'POST /webhooks', status: 403 });
		await failure(life.once('create'));
		expect(life.memory).not.toHaveProperty('sealedSecret');
		expect(tally.requests.at(-1)).toBe('POST /webhooks');
	});

	it("does not take another form's webhook for what it made", async () => {
		const life = trigger();
		expect(await life.once('checkExists')).toBe(false);
		tally.place({ url: life.productionUrl, formId: 'OtherF', signingSecret: null });
		tally.meets({ at: 'POST /webhooks', status: 500 });
		await expect(life.once('create')).rejects.toThrow('Tally is not working');
	});

	it('recognizes the webhook that it made where a gateway hides secrets in the list', async () => {
		tally.meets({ at: 'POST /webhooks', isDoneAnyway: true });
		tally.hidesSecrets = true;
		const life = trigger();
		await life.publish();
		expectOneOf(life);
		expect(tally.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
	});

	it('does not take for its own what appears with another secret meanwhile', async () => {
		const life = trigger();
		tally.meets({ at: 'POST /webhooks', status: 500 });
		expect(await life.once('checkExists')).toBe(false);
		tally.place({ url: life.productionUrl, signingSecret: 'of somebody else' });
		await expect(life.once('create')).rejects.toThrow('Tally is not working');
	});

	it('ends with one webhook if the look for it fails too', async () => {
		tally.meets({ at: 'POST /webhooks', isDoneAnyway: true });
		const life = trigger();
		await expect(life.once('checkExists')).resolves.toBe(false);
		tally.meets({ at: 'GET /webhooks', times: 2 });
		await expect(life.once('create')).rejects.toThrow('Tally could not be reached');
		await life.once('delete');
		await life.publish();
		expectOneOf(life);
	});

	it('removes by its secret what it made, if only the answer and the look for it failed', async () => {
		const life = trigger();
		await life.once('checkExists');
		tally.meets({ at: 'POST /webhooks', isDoneAnyway: true });
		tally.meets({ at: 'GET /webhooks', times: 99 });
		await expect(life.once('create')).rejects.toThrow('Tally could not be reached');
		const [made] = tally.webhooks;
		expect(life.secret).toBe(made?.signingSecret);
		expect(life.memory).toMatchObject({ url: life.productionUrl });
		expect(life.memory).not.toHaveProperty('webhookId');

		await life.once('delete');
		expect(life.log.join('\n')).toContain('could not look for webhooks');
		expect(tally.webhooks).toEqual([made]);
		expect(tally.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);

		tally.recovers();
		await life.unpublish();
		expect(tally.webhooks).toEqual([]);
		expect(life.memory).not.toHaveProperty('sealedSecret');
	});

	it('ends with one webhook after four failures, and none if all five fail', async () => {
		tally.meets({ at: 'POST /webhooks', status: 503, times: 4 });
		const life = trigger();
		await life.publish();
		expectOneOf(life);
		await life.unpublish();

		tally.meets({ at: 'POST /webhooks', status: 503, times: 5 });
		const message = await failure(life.publish());
		expect(message).toContain('Tally is not working at the moment (status 503). ');
		expect(tally.webhooks).toEqual([]);
	});
});

describe('Removal', () => {
	it('succeeds if the webhook is gone already', async () => {
		const life = trigger();
		await life.publish();
		tally.webhooks.length = 0;
		expect(await life.unpublish()).toBeUndefined();
		expect(life.memory).not.toHaveProperty('webhookId');
	});

	it.each([
		['the key is bad', 401],
		['Tally is down', 500],
		['the key may not', 403],
	])('says in plain words that it did not work, if %s', async (_why, status) => {
		const life = trigger();
		await life.publish();
		tally.meets({ at: 'DELETE /webhooks/', status, times: 3 });
		const message = await failure(
			life.unpublish().then((problem) => {
				throw problem;
			}),
		);
		expect(message).toContain('could not be removed');
		expect(message).toContain('Integrations');
		expect(message).toContain('GxdRaQ');
		expect(life.memory.webhookId).toEqual(expect.any(String));
	});

	it('is done although Tally can not say what else is left', async () => {
		const life = trigger();
		await life.publish();
		tally.meets({ at: 'GET /webhooks', status: 500, times: 99 });
		expect(await life.once('delete')).toBe(true);
		expect(tally.webhooks).toEqual([]);
		expect(life.memory).not.toHaveProperty('sealedSecret');
	});

	it('works at the second attempt', async () => {
		const life = trigger();
		await life.publish();
		tally.meets({ at: 'DELETE /webhooks/', status: 502 });
		expect(await life.unpublish()).toBeUndefined();
		expect(tally.webhooks).toEqual([]);
	});

	it("touches nothing if nothing is remembered, since what is there may be another's", async () => {
		const life = trigger();
		await life.publish();
		const before = tally.requests.length;
		const [webhook] = tally.webhooks;
		life.stored = '{}';
		expect(await life.once('delete')).toBe(true);
		expect(tally.webhooks).toEqual([webhook]);
		expect(tally.requests).toHaveLength(before);
	});

	it('takes with it what has its secret or a hidden one, and leaves what has another', async () => {
		const life = trigger();
		await life.publish();
		tally.place({ url: life.productionUrl, signingSecret: life.secret ?? '' });
		tally.place({ url: life.productionUrl, signingSecret: null });
		const theirs = tally.place({ url: life.productionUrl, signingSecret: 'of somebody else' });
		expect(await life.unpublish()).toBeUndefined();
		expect(tally.webhooks).toEqual([theirs]);
	});

	it('does not hide why publishing failed', async () => {
		const life = trigger({ apiKey: 'tly-wrong' });
		const listen = await failure(life.listen());
		expect(listen).toContain('Tally does not accept the API key. ');
	});

	it.each([401, 403])("goes on if a surplus webhook is not the key's to remove (%d)", async (status) => {
		const life = trigger();
		tally.place({ url: life.productionUrl, formId: 'OtherF' });
		tally.meets({ at: 'DELETE /webhooks/', status, times: 99 });
		expect(await life.once('checkExists')).toBe(false);
		expect(await life.once('create')).toBe(true);
		expect(at(life.productionUrl)).toContainEqual({ formId: 'GxdRaQ', secret: life.secret });
		expect(life.log.join('\n')).toMatch(/could not be removed: .*\. Until it is removed/);
	});

	it('tries again if a surplus webhook could not be removed', async () => {
		const life = trigger();
		tally.place({ url: life.productionUrl, formId: 'OtherF' });
		tally.meets({ at: 'DELETE /webhooks/', status: 500 });
		await life.publish();
		expectOneOf(life);
	});
});

describe('A test in the editor', () => {
	it('has a webhook of its own and never touches that of production', async () => {
		const life = trigger();
		await life.publish();
		const production = { ...tally.webhooks[0] };
		const test = await life.listen();
		expect(at(life.testUrl)).toHaveLength(1);
		await test.end();
		expect(tally.webhooks).toEqual([production]);
	});

	it('goes on while production is published and unpublished', async () => {
		const life = trigger();
		const test = await life.listen();
		await life.publish();
		expectOneOf(life);
		await life.unpublish();
		expect(at(life.testUrl)).toHaveLength(1);
		await test.end();
		expect(tally.webhooks).toEqual([]);
	});

	it('takes over what a test that was never ended left', async () => {
		const life = trigger();
		await life.listen();
		const test = await life.listen();
		expect(at(life.testUrl)).toHaveLength(1);
		await test.end();
		expect(tally.webhooks).toEqual([]);
	});

	it('ends without an error even if the webhook can not be removed, and logs it', async () => {
		const life = trigger();
		const test = await life.listen();
		tally.meets({ at: 'DELETE /webhooks/', status: 500 });
		await expect(test.end()).resolves.toBeUndefined();
		expect(life.log.join('\n')).toMatch(/could not be removed: .*\. Until it is removed/);
	});
});

/** An n8n that can be reached at its address, and hands what is posted there to its trigger. */
function answersAt(life: TriggerLife): Array<{ status?: number; items: number }> {
	const answers: Array<{ status?: number; items: number }> = [];
	nock(new URL(life.productionUrl).origin)
		.persist()
		.post(/\/webhook\//)
		.reply(async function (_uri, body) {
			const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
			const signature = [this.req.headers['tally-signature']].flat().join();
			const { outcome, answer } = await life.receive({ rawBody, headers: { 'tally-signature': signature } });
			answers.push({ status: answer.status, items: outcome.workflowData?.length ?? 0 });
			return [answer.status ?? 200, answer.text ?? ''];
		});
	return answers;
}

describe('Once the address of n8n has changed', () => {
	const NEW_HOME = 'https://n8n.new.example.com';

	/** The same n8n at its new address: its database has come along. */
	function moved(life: TriggerLife): TriggerLife {
		const here = trigger({ n8nUrl: NEW_HOME });
		here.stored = life.stored;
		return here;
	}

	it.each<[string, () => void]>([
		['nobody answers', () => undefined],
		[
			'the connection is refused',
			() => void nock('https://n8n.example.com').persist().post(/.*/).replyWithError('ECONNREFUSED'),
		],
		[
			'there is an n8n without this workflow',
			() => void nock('https://n8n.example.com').post(/.*/).reply(404, '{"code":404}'),
		],
		[
			'there is somebody else',
			() => void nock('https://n8n.example.com').post(/.*/).reply(200, '<html>For sale</html>'),
		],
		[
			'all are led elsewhere',
			() =>
				void nock('https://n8n.example.com')
					.post(/.*/)
					.reply(301, '', { Location: `${NEW_HOME}/` }),
		],
	])('the webhook moves along where at the old one %s', async (_what, happens) => {
		const life = trigger();
		await life.publish();
		const [webhook] = tally.webhooks;
		const httpHeaders = [{ name: 'X-Tenant', value: 'a' }];
		Object.assign(webhook ?? {}, { httpHeaders });
		happens();
		const here = moved(life);
		tally.requests.length = 0;
		expect(await here.once('checkExists')).toBe(true);
		expectOneOf(here);
		expect(tally.webhooks).toEqual([{ ...webhook, url: here.productionUrl, httpHeaders }]);
		expect(here.secret).toBe(life.secret);
		expect(here.log).toEqual([]);
		expect(await here.unpublish()).toBeUndefined();
		expect(tally.webhooks).toEqual([]);
	});

	it('the webhook moves along where the list is forbidden', async () => {
		tally.isListForbidden = true;
		const life = trigger();
		await life.publish();
		const here = moved(life);
		await here.publish();
		expectOneOf(here);
		expect(tally.webhooks).toHaveLength(1);
	});

	it('the webhook is removed where there is one at the new address already, or another form was chosen', async () => {
		tally.addForm('NewFrm', 'New');
		const life = trigger();
		await life.publish();
		const here = moved(life);
		tally.place({ url: here.productionUrl });
		await here.publish();
		expectOneOf(here);
		expect(tally.webhooks).toHaveLength(1);
		const other = trigger({ parameters: { formId: { __rl: true, mode: 'id', value: 'NewFrm' } } });
		other.stored = here.stored;
		await other.publish();
		expectOneOf(other, 'NewFrm');
		expect(tally.webhooks).toHaveLength(1);
	});

	it('the webhook stays, and the log names it, where another n8n of ours answers; no run starts there', async () => {
		const there = trigger();
		await there.publish();
		const answers = answersAt(there);
		const here = moved(there);
		await here.publish();
		expectOneOf(here);
		expectOneOf(there);
		expect(here.secret).not.toBe(there.secret);
		expect(answers).toEqual([{ status: 200, items: 0 }]);
		expect(here.log).toEqual([expect.stringContaining(there.productionUrl)]);
		expect(here.log.join()).toContain('the trigger of another n8n answers there');
		await here.publish();
		expect(here.log).toHaveLength(1);
		await here.unpublish();
		expectOneOf(there);
	});

	it.each([
		['in trouble', () => void nock('https://n8n.example.com').post(/.*/).reply(502)],
		['not asked, since no secret is known', () => void (tally.hidesSecrets = true)],
	])('the webhook stays, and the log names it, where an n8n of ours may be %s', async (what, happens) => {
		const life = trigger();
		await life.publish();
		const here = moved(life);
		if (what !== 'in trouble') {
			const other = trigger({ n8nUrl: NEW_HOME, apiKey: 'tly-new' });
			other.stored = life.stored;
			tally.key = 'tly-new';
			happens();
			await other.publish();
			expectOneOf(other);
			expect(other.log).toEqual([expect.stringContaining(life.productionUrl)]);
		} else {
			happens();
			await here.publish();
			expectOneOf(here);
			expect(here.log).toEqual([expect.stringContaining('it is not certain')]);
		}
		expect(at(life.productionUrl)).toHaveLength(1);
	});

	it('a webhook that somebody has led elsewhere in Tally stays there', async () => {
		const life = trigger();
		await life.publish();
		Object.assign(tally.webhooks[0] ?? {}, { url: 'https://elsewhere.example/' });
		const here = moved(life);
		await here.publish();
		expectOneOf(here);
		expect(at('https://elsewhere.example/')).toHaveLength(1);
	});

	it('nothing is moved by a test in the editor', async () => {
		const life = trigger();
		await life.publish();
		const here = moved(life);
		const test = await here.listen();
		expectOneOf(life);
		await test.end();
		expectOneOf(life);
	});

	it('what is remembered removes nothing while Tally can not be asked', async () => {
		const life = trigger();
		await life.publish();
		const here = moved(life);
		tally.meets({ at: 'GET /webhooks', status: 500, times: 99 });
		await failure(here.publish());
		expectOneOf(life);
	});
});

describe('Options that are neither yes nor no', () => {
	const junk = { options: { downloadFiles: '={{ "perhaps" }}' } };

	it('are refused by their names where somebody looks on', async () => {
		const life = trigger();
		life.parameters = { ...life.parameters, ...junk };
		const message = 'The value of "Download Files" is neither yes nor no';
		expect(await failure(life.publish())).toContain(`${message}. `);
		expect(await failure(life.listen())).toContain(`${message}. `);
		expect(tally.webhooks).toEqual([]);
	});

	it.each(['={{ "false" }}', '={{ "Yes" }}', '={{ 0 }}', '={{ null }}'])('are none of %s', async (value) => {
		const life = trigger();
		life.parameters = { ...life.parameters, options: { downloadFiles: value } };
		await life.publish();
		expectOneOf(life);
	});
});

describe('Several workflows', () => {
	it('on one form have a webhook each', async () => {
		const one = trigger({ workflowId: 'w-1', webhookId: 'aaaaaaaa-1111-4111-8111-111111111111' });
		const two = trigger({ workflowId: 'w-2', webhookId: 'bbbbbbbb-2222-4222-8222-222222222222' });
		await one.publish();
		await two.publish();
		expectOneOf(one);
		expectOneOf(two);
		await one.unpublish();
		expect(at(one.productionUrl)).toEqual([]);
		expectOneOf(two);
	});

	it('brought from another n8n do not touch the webhook that is in use there', async () => {
		const there = trigger();
		await there.publish();
		answersAt(there);
		const here = trigger({ n8nUrl: 'https://staging.example.com' });
		here.stored = there.stored;
		tally.meets({ at: 'POST /webhooks', status: 400, times: 5 });
		await failure(here.publish());
		expectOneOf(there);
		await here.publish();
		await here.unpublish();
		expectOneOf(there);
	});

	it.each(['GxdRaQ', 'OtherF'])("that are copies do not touch the original's webhook (form %s)", async (formId) => {
		tally.addForm('OtherF', 'Other');
		const original = trigger({ workflowId: 'w-1' });
		await original.publish();
		const copy = trigger({
			workflowId: 'w-2',
			parameters: { formId: { __rl: true, mode: 'id', value: formId } },
		});
		expect(copy.productionUrl).toBe(original.productionUrl);

		// n8n refuses the copy, whose address is taken, and calls nothing but `delete` for it.
		await copy.once('delete');
		expect(await copy.unpublish()).toBeUndefined();
		expectOneOf(original);

		// The address is free for the copy once the original has given it up.
		await original.unpublish();
		await copy.publish();
		expectOneOf(copy, formId);
		await original.once('delete');
		expectOneOf(copy, formId);
	});

	it('survive the renaming of the node', async () => {
		const life = trigger();
		await life.publish();
		life.nodeName = 'New submission';
		await life.publish();
		expectOneOf(life);
		await life.unpublish();
		expect(tally.webhooks).toEqual([]);
	});
});

describe('What stops a registration is said so that one can act', () => {
	it('a form that was deleted', async () => {
		tally.forms.clear();
		const message = await failure(trigger().publish());
		expect(message).toContain('Tally has no form GxdRaQ. ');
		expect(message).toContain('Choose another form under "Form"');
	});

	it('a form in the trash', async () => {
		tally.addForm('GxdRaQ', 'Feedback', 'DELETED');
		const message = await failure(trigger().publish());
		expect(message).toContain("The form GxdRaQ is in Tally's trash. ");
		expect(message).toContain('Restore it in Tally');
	});

	it('not a form of which Tally only says that it can not tell', async () => {
		const life = trigger();
		tally.meets({ at: 'GET /forms/GxdRaQ', status: 500, body: { status: 'DELETED' }, times: 99 });
		await life.publish();
		expectOneOf(life);
	});

	it('not a form that comes as something that can not be read', async () => {
		const life = trigger();
		tally.meets({ at: 'GET /forms/GxdRaQ', status: 200, body: 'oops', times: 99 });
		await life.publish();
		expectOneOf(life);
	});

	it('a form that is deleted at the last moment', async () => {
		tally.meets({ at: 'POST /webhooks', status: 404, times: 5 });
		const message = await failure(trigger().publish());
		expect(message).toContain('Tally has no form GxdRaQ. ');
	});

	it.each([401, 403])('no permission on the form (%s)', async (status) => {
		tally.meets({ at: 'POST /webhooks', status, body: { message: 'Not yours' }, times: 5 });
		const message = await failure(trigger().publish());
		expect(message).toContain('The owner of the API key may not add a webhook to the form GxdRaQ. ');
		expect(message).toContain('Tally says: "Not yours".');
	});

	it('a key that was withdrawn meanwhile, where it looks like a lack of permission', async () => {
		tally.meets({ at: 'POST /webhooks', status: 401 });
		tally.meets({ at: 'GET /users/me', status: 401 });
		const message = await failure(trigger().once('create'));
		expect(message).toContain('Tally does not accept the API key. ');
	});

	it('no permission, whatever becomes of the key', async () => {
		tally.meets({ at: 'POST /webhooks', status: 403 });
		tally.meets({ at: 'GET /users/me', status: 401 });
		const message = await failure(trigger().once('create'));
		expect(message).toContain('The owner of the API key may not add a webhook to the form GxdRaQ. ');
	});

	it('a gateway that refuses in place of Tally', async () => {
		tally.meets({ at: 'POST /webhooks', status: 401, body: { error: { code: 401, message: 'No key' } }, times: 5 });
		const message = await failure(trigger().publish());
		expect(message).toContain('The gateway does not accept the API key. Open the Tally credential');
	});

	it('an address that Tally refuses', async () => {
		tally.meets({ at: 'POST /webhooks', status: 400, body: { errors: [{ msg: 'url must be public' }] }, times: 5 });
		const life = trigger();
		const message = await failure(life.publish());
		expect(message).toContain(`Tally did not accept the address of this n8n: ${life.productionUrl}. `);
		expect(message).toContain('WEBHOOK_URL');
		expect(message).toContain('url must be public');
	});

	it('an address that the internet can not reach, before Tally is asked to use it', async () => {
		const life = trigger({ n8nUrl: 'http://localhost:5678/' });
		const message = await failure(life.publish());
		expect(message).toContain(`Tally can't reach this n8n at ${life.productionUrl}. `);
		expect(message).toContain('WEBHOOK_URL');
		expect(message).not.toContain('N8N_EDITOR_BASE_URL');
		expect(tally.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
	});

	it('the address of a test, which n8n takes from that of its editor', async () => {
		const message = await failure(trigger({ n8nUrl: 'http://localhost:5678/' }).listen());
		expect(message).toContain('N8N_EDITOR_BASE_URL');
	});

	it('too many requests', async () => {
		tally.meets({ at: 'GET /webhooks', status: 429, times: 99 });
		const message = await failure(trigger().publish());
		expect(message).toContain('Tally allows 100 requests a minute and has had more. ');
		expect(message).toContain('Wait a minute');
	});

	it('a Tally that does not answer', async () => {
		tally.meets({ at: 'GET', times: 99 });
		const message = await failure(trigger().publish());
		expect(message).toContain('Tally could not be reached at api.tally.so. ');
	});
});

it('works against a local Tally at a local address', async () => {
	nock.cleanAll();
	tally = new ScriptedTally('http://127.0.0.1:4321');
	const life = trigger({ n8nUrl: 'http://127.0.0.1:5678', baseUrl: 'http://127.0.0.1:4321/' });
	await life.publish();
	expectOneOf(life);
});
