import { WebhookContext } from 'n8n-core';
import nock from 'nock';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { signatureOf } from '../../nodes/Tally/trigger/signature';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { bodyWith, bytesOf } from '../nodes/Tally/deliveries';
import { ScriptedTally } from '../support/scriptedTally';
import { TriggerLife } from '../support/triggerLife';

const OLD = 'tly-test';
const NEW = 'tly-new';
const body = bytesOf(bodyWith([{ key: 'question_a', label: 'Name', type: 'INPUT_TEXT', value: 'Ada' }]));

let tally: ScriptedTally;
let credential: { type: TallyAccountApi; data: { apiKey: string; baseUrl: string } | Error };
let life: TriggerLife;

beforeAll(() => nock.disableNetConnect());
beforeEach(async () => {
	tally = new ScriptedTally();
	credential = { type: new TallyAccountApi(), data: { apiKey: OLD, baseUrl: 'https://api.tally.so' } };
	life = new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'list', value: 'GxdRaQ' }, options: {} },
		credential,
	});
	await life.publish();
	tally.requests.length = 0;
});
afterEach(() => {
	nock.cleanAll();
	jest.restoreAllMocks();
});
// Each file has its own nock: the next one could not intercept anything otherwise.
afterAll(() => nock.restore());

/** The owner makes a new key in Tally, enters it in the credential and withdraws the old one. */
function replaceKey(): void {
	tally.key = NEW;
	credential.data = { apiKey: NEW, baseUrl: 'https://api.tally.so' };
}

const secretAtTally = () => tally.webhooks[0]?.signingSecret ?? '';

/** What a delivery gets that is signed with this secret: the items that start, or the status. */
async function deliver(secret = secretAtTally()): Promise<number | string> {
	const headers = { 'tally-signature': signatureOf(body, secret) };
	const { outcome, answer } = await life.receive({ rawBody: body, headers });
	return outcome.workflowData === undefined ? (answer.status ?? 0) : 'started';
}

describe('What is stored', () => {
	it('is neither the signing secret nor the key, and opens with the key alone', () => {
		expect(life.stored).not.toContain(secretAtTally());
		expect(life.stored).not.toContain(OLD);
		expect(life.secret).toBe(secretAtTally());
		expect(Object.keys(life.memory).sort()).toEqual(['formId', 'isTest', 'sealedSecret', 'url', 'webhookId']);
	});

	it('is all that is needed for a delivery, beside the credential: Tally is not asked', async () => {
		expect(await deliver()).toBe('started');
		expect(await deliver('f'.repeat(64))).toBe(401);
		expect(tally.requests).toEqual([]);
	});

	it('is good with blanks around the key', async () => {
		credential.data = { apiKey: ` ${OLD}\n`, baseUrl: 'https://api.tally.so' };
		expect(await deliver()).toBe('started');
	});
});

it('A process that has opened the seal reads the credential no more', async () => {
	const read = jest.spyOn(WebhookContext.prototype, 'getCredentials');
	for (let time = 0; time < 5; time++) expect(await deliver()).toBe('started');
	expect(await deliver('f'.repeat(64))).toBe(401);
	const later = performance.now() + 3_600_000;
	jest.spyOn(performance, 'now').mockReturnValue(later);
	expect(await deliver()).toBe('started');
	expect(read).toHaveBeenCalledTimes(1);
	replaceKey();
	expect(await deliver()).toBe('started');
	expect(tally.requests).toEqual([]);
});

describe('Once the API key was replaced', () => {
	beforeEach(replaceKey);

	it('deliveries are still taken, false ones refused, and Tally is asked once', async () => {
		expect(await deliver()).toBe('started');
		expect(await deliver('f'.repeat(64))).toBe(401);
		expect(await deliver()).toBe('started');
		expect(tally.requests).toEqual(['GET /webhooks']);
		expect(life.log).toContainEqual(
			expect.stringMatching(
				/asked Tally.*Publish the workflow again.*workflowId: 'workflow-1', node: 'Tally Trigger'/s,
			),
		);
	});

	it('what is not shaped as a signature does not make the trigger ask', async () => {
		for (const signature of [undefined, '', 'AAAA', `${'A'.repeat(44)}`, ['A']]) {
			const { answer } = await life.receive({ rawBody: body, headers: { 'tally-signature': signature } });
			expect(answer.status).toBe(401);
		}
		expect(tally.requests).toEqual([]);
	});

	it('publishing again seals the secret with the new key', async () => {
		const before = secretAtTally();
		await life.publish();
		expect(secretAtTally()).toBe(before);
		expect(life.secret).toBe(before);
		tally.requests.length = 0;
		expect(await deliver()).toBe('started');
		expect(tally.requests).toEqual([]);
	});

	it('unpublishing removes the webhook by its id', async () => {
		expect(await life.unpublish()).toBeUndefined();
		expect(tally.webhooks).toEqual([]);
		expect(life.memory).not.toHaveProperty('sealedSecret');
	});

	it('publishing again gives the webhook a new secret where a gateway hides them', async () => {
		tally.hidesSecrets = true;
		const before = secretAtTally();
		await life.publish();
		expect(secretAtTally()).not.toBe(before);
		expect(tally.webhooks).toHaveLength(1);
		expect(await deliver()).toBe('started');
	});

	it('publishing again gives the webhook a new secret where the list is forbidden', async () => {
		tally.isListForbidden = true;
		const before = secretAtTally();
		await life.publish();
		expect(secretAtTally()).not.toBe(before);
		expect(tally.webhooks).toHaveLength(1);
		expect(await deliver()).toBe('started');
	});
});

it('asks for the secret of the webhook at its address, where it was made anew under another ID', async () => {
	replaceKey();
	tally.place({ ...tally.webhooks.splice(0)[0], id: 'other', url: life.productionUrl });
	expect(await deliver()).toBe('started');
});

describe('503, so that Tally sends again, if the secret can not be had', () => {
	it.each<[string, () => void]>([
		['the list hides it', () => void (tally.hidesSecrets = true)],
		['the list is forbidden', () => void (tally.isListForbidden = true)],
		[
			'the webhook is not in the list',
			() => void tally.place({ ...tally.webhooks.splice(0)[0], id: 'other', url: 'https://other.example.com/webhook' }),
		],
		['Tally does not answer', () => tally.meets({ at: 'GET', times: 99 })],
		['the new key is wrong', () => void (tally.key = 'tly-another')],
	])('because %s; strangers do not make it ask again and again', async (_why, happens) => {
		replaceKey();
		const secret = secretAtTally();
		happens();
		const clock = jest.spyOn(performance, 'now');
		const start = performance.now();
		expect(await deliver(secret)).toBe(503);
		const asked = tally.requests.length;
		for (let again = 0; again < 20; again++) expect(await deliver('f'.repeat(64))).toBe(503);
		expect(tally.requests).toHaveLength(asked);
		expect(life.log.join()).toContain('publish the workflow again');

		clock.mockReturnValue(start + 31_000);
		expect(await deliver(secret)).toBe(503);
		expect(tally.requests.length).toBeGreaterThan(asked);
	});

	it('because the credential can not be read, and takes it once it can', async () => {
		const readable = credential.data;
		credential.data = new Error('The credential is gone');
		expect(await deliver()).toBe(503);
		expect(tally.requests).toEqual([]);
		credential.data = readable;
		expect(await deliver()).toBe('started');
	});

	it('and takes it as soon as Tally answers again', async () => {
		replaceKey();
		const clock = jest.spyOn(performance, 'now');
		const start = performance.now();
		tally.meets({ at: 'GET' });
		expect(await deliver()).toBe(503);
		clock.mockReturnValue(start + 31_000);
		expect(await deliver()).toBe('started');
	});
});

describe('A look for the secret that hangs', () => {
	/** n8n does not hand the credential out, and says nothing. */
	function hang(): jest.SpyInstance {
		const read = jest.spyOn(WebhookContext.prototype, 'getCredentials');
		read.mockImplementation(() => new Promise(() => undefined));
		return read;
	}

	/** Time is up as soon as nothing else is to be done. */
	function hurry(): jest.SpyInstance {
		return jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
			const controller = new AbortController();
			setImmediate(() => controller.abort());
			return controller.signal;
		});
	}

	it('ends for each delivery, and is not begun again by each', async () => {
		const read = hang();
		const timeout = hurry();
		expect(await deliver()).toBe(503);
		expect(await deliver()).toBe(503);
		expect(timeout.mock.calls).toEqual([[5_000], [5_000]]);
		expect(read).toHaveBeenCalledTimes(1);
	});

	it('is given up for the next delivery after a while', async () => {
		hang();
		const timeout = hurry();
		expect(await deliver()).toBe(503);
		timeout.mockRestore();
		jest.spyOn(WebhookContext.prototype, 'getCredentials').mockRestore();
		const clock = jest.spyOn(performance, 'now');
		clock.mockReturnValue(performance.now() + 31_000);
		expect(await deliver()).toBe('started');
	});
});
