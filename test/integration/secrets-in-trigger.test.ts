import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { signatureOf } from '../../nodes/Tally/trigger/signature';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { until } from '../../sandbox/until';
import { bodyWith, bytesOf } from '../nodes/Tally/deliveries';
import { foundIn, person, secrets } from '../support/marked';
import { faultsOf, startFaultyService, type Arrived, type FaultyService } from '../support/faultyService';
import { recordLogs } from '../support/recordedLogs';
import { limitRequestTimeout } from '../support/requestTimeout';
import { TriggerLife, type ArrivedRequest } from '../support/triggerLife';
import { usualTallyAnswer } from '../support/usualAnswers';

// Waiting between attempts is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

jest.setTimeout(60_000);

const { marks, name, email, comment } = person(1);
const links = {
	submissionPreviewUrl: `https://tally.so/p?t=${secrets.previewLink}`,
	submissionPdfUrl: `https://tally.so/d?t=${secrets.pdfLink}`,
};

let tally: FaultyService;
let elsewhere: FaultyService;
let life: TriggerLife;
let heard: unknown[][];
/** What Tally has in its list of webhooks. */
let listed: unknown[];
/** Whether Tally has given the newest submission, which a test then begins with. */
let hasSample: boolean;
const limitPatience = limitRequestTimeout();

beforeAll(async () => {
	tally = await startFaultyService(answer);
	elsewhere = await startFaultyService(() => ({}));
});
afterAll(async () => {
	await Promise.all([tally.close(), elsewhere.close()]);
});
beforeEach(anew);

/** A trigger that knows nothing, at a Tally without webhooks. */
function anew(): void {
	heard = recordLogs();
	listed = [];
	hasSample = false;
	tally.restart();
	elsewhere.restart();
	life = new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'id', value: 'GxdRaQ' }, options: {} },
		credential: {
			type: new TallyAccountApi(),
			data: { apiKey: secrets.apiKey, baseUrl: tally.url, gatewayConnectionId: secrets.gatewayConnection },
		},
		// Nobody listens there.
		n8nUrl: 'http://127.0.0.1:9',
	});
}

function answer(request: Arrived): unknown {
	const asked = `${request.method} ${request.path.replace(/\?.*$/, '')}`;
	if (asked === 'GET /webhooks') return { webhooks: listed, page: 1, hasMore: false };
	if (!asked.endsWith('/submissions')) return usualTallyAnswer(request);
	hasSample = true;
	return { submissions: [submission], questions: [] };
}

/** Somebody's answers, as the API has them. */
const submission = {
	id: 'Z9Z97Go',
	isCompleted: true,
	submittedAt: '2026-02-09T10:00:00.000Z',
	previewUrl: links.submissionPreviewUrl,
	pdfUrl: links.submissionPdfUrl,
	responses: [{ questionId: 'EKOE2N', answer: comment }],
};

const webhook = (more: object = {}) => ({
	id: 'wQ1k7w',
	formId: 'GxdRaQ',
	url: life.productionUrl,
	isEnabled: true,
	signingSecret: secrets.signingSecret,
	httpHeaders: [{ name: 'X-Key', value: secrets.headerValue }],
	...more,
});

/** Everything that must be nowhere: also the secrets that the trigger itself has drawn. */
function hidden(): string[] {
	const drawn = tally.requests.flatMap(({ text }) => /"signingSecret":"([^"]+)"/.exec(text)?.[1] ?? []);
	return [...Object.values(secrets), ...drawn, ...marks];
}

/** What can be seen of them in an error, in a log, in static data, or by a stranger. */
function leaks(error: unknown): string[] {
	return [
		...foundIn(error, hidden()).map((text) => `error: ${text}`),
		...foundIn([heard, life.log], hidden()).map((text) => `log: ${text}`),
		...foundIn(life.stored, hidden()).map((text) => `static data: ${text}`),
		...foundIn(elsewhere.requests, hidden()).map((text) => `elsewhere: ${text}`),
	];
}

interface Step {
	readonly name: string;
	/** What happened before, with a Tally that works. */
	readonly prepare: () => Promise<unknown>;
	/** @throws what n8n would show and log */
	readonly act: () => Promise<unknown>;
}

const nothing = () => Promise.resolve();

/** Every way that the trigger's life can take. */
const steps: readonly Step[] = [
	{ name: 'looking for a webhook where there is none', prepare: nothing, act: () => life.once('checkExists') },
	{
		name: 'taking over its own webhook',
		prepare: () => Promise.resolve(void (listed = [webhook()])),
		act: () => life.once('checkExists'),
	},
	{
		name: 'switching its webhook on again',
		prepare: () => Promise.resolve(void (listed = [webhook({ isEnabled: false, signingSecret: null })])),
		act: () => life.once('checkExists'),
	},
	{
		name: 'removing what else is at its address',
		prepare: () => Promise.resolve(void (listed = [webhook(), webhook({ id: 'w2', signingSecret: null })])),
		act: () => life.once('checkExists'),
	},
	{ name: 'registering', prepare: nothing, act: () => life.once('create') },
	{
		name: 'registering again what is not in the list',
		prepare: () => life.once('create'),
		act: () => life.once('create'),
	},
	{ name: 'removing', prepare: () => life.once('create'), act: () => life.once('delete') },
	{
		name: 'removing what was only begun',
		prepare: () => {
			life.store({ webhookId: '', formId: 'GxdRaQ', secret: secrets.signingSecret });
			listed = [webhook()];
			return nothing();
		},
		act: () => life.once('delete'),
	},
	{
		name: 'a test with the newest submission',
		prepare: nothing,
		act: async () => {
			const test = await life.listen();
			const isOffered = () => !hasSample || life.log.join().includes('could not show');
			await until('the sample was offered', isOffered, 10_000);
			expect(foundIn(test.stored, hidden())).toEqual([]);
			await test.end();
		},
	},
	{
		name: 'a delivery after the API key was replaced',
		prepare: () => {
			life.store({ webhookId: 'wQ1k7w', formId: 'GxdRaQ', secret: secrets.signingSecret }, 'another key');
			listed = [webhook()];
			return nothing();
		},
		act: async () => await life.receive(signed(bytesOf(bodyWith(fields, links)))),
	},
];

const fields = [
	{ key: 'question_a', label: 'Name', type: 'INPUT_TEXT', value: name },
	{ key: 'question_b', label: 'Email', type: 'INPUT_EMAIL', value: email },
	{ key: 'question_c', label: 'Comment', type: 'TEXTAREA', value: comment },
];

function signed(rawBody: Buffer, secret: string = secrets.signingSecret): ArrivedRequest {
	return {
		rawBody,
		headers: { 'tally-signature': signatureOf(rawBody, secret), authorization: `Bearer ${secrets.apiKey}` },
	};
}

describe.each(steps)('$name', ({ prepare, act }) => {
	it('tells no secret when all goes well', async () => {
		await prepare();
		tally.restart();
		await act();
		expect(tally.requests.length).toBeGreaterThan(0);
		expect(leaks(undefined)).toEqual([]);
	});

	it('tells no secret and no answer, whatever goes wrong', async () => {
		await prepare();
		tally.restart();
		await act();
		const { length } = tally.requests;
		const found: string[] = [];
		for (const fault of faultsOf(elsewhere.url)) {
			for (let from = 1; from <= Math.min(length, 4); from++) {
				limitPatience(Infinity);
				anew();
				await prepare();
				limitPatience(fault.isSilent ? 20 : Infinity);
				tally.restart(fault, from);
				const outcome = await act().then(undefined, (error: unknown) => error);
				// A submission that was taken holds its answers; only errors must not.
				const told = outcome instanceof Error ? outcome : undefined;
				found.push(...leaks(told).map((leak) => `${fault.name}, request ${from}: ${leak}`));
			}
		}
		limitPatience(Infinity);
		expect(found).toEqual([]);
	});
});

describe('A request to the trigger’s address', () => {
	const genuine = bytesOf(bodyWith(fields, links));
	const changed = Buffer.from(genuine.toString().replace(comment, `${comment}!`));

	beforeEach(() => life.store({ webhookId: 'wQ1k7w', formId: 'GxdRaQ', secret: secrets.signingSecret }));

	it.each<[string, ArrivedRequest, number]>([
		['not signed', { rawBody: genuine, headers: { authorization: secrets.apiKey } }, 401],
		['signed by somebody else', signed(genuine, 'guess'), 401],
		['with a body that was changed', { ...signed(genuine), rawBody: changed }, 401],
		['signed, and no submission', signed(Buffer.from(JSON.stringify({ message: comment, links }))), 400],
		['signed, and no JSON', signed(Buffer.from(`${comment} ${secrets.previewLink}`)), 400],
		['signed, and of another form', signed(bytesOf(bodyWith(fields, { ...links, formId: 'OtherF' }))), 400],
		['signed, and of an unknown kind', signed(bytesOf({ ...bodyWith(fields, links), eventType: 'X' })), 200],
		['broken off', { headers: {}, readRawBody: () => Promise.reject(new Error(comment)) }, 400],
	])('%s is answered and logged without anything of it', async (_what, request, status) => {
		const { outcome, answer: answered } = await life.receive(request);
		expect(outcome).toEqual({ noWebhookResponse: true });
		expect(answered.status).toBe(status);
		expect(foundIn(answered, hidden())).toEqual([]);
		expect(leaks(undefined)).toEqual([]);
	});

	it.each([{}, { raw: true }, { answerKeys: 'key', includeUnanswered: true, raw: true }])(
		'that is genuine gives its answers, and no link, secret or header (%j)',
		async (options) => {
			life.parameters = { ...life.parameters, options };
			const { outcome } = await life.receive(signed(genuine));
			const item = outcome.workflowData?.[0]?.[0];
			expect(
				foundIn(
					item,
					[...marks].filter((mark) => !/^\d/.test(mark)),
				),
			).toHaveLength(3);
			expect(foundIn([outcome], Object.values(secrets))).toEqual([]);
			expect(foundIn([outcome], [signatureOf(genuine, secrets.signingSecret)])).toEqual([]);
			expect(leaks(undefined)).toEqual([]);
		},
	);

	it('that is genuine gives its links where they are asked for', async () => {
		life.parameters = { ...life.parameters, options: { includeLinks: true } };
		const { outcome } = await life.receive(signed(genuine));
		expect(foundIn([outcome], Object.values(secrets)).sort()).toEqual([secrets.pdfLink, secrets.previewLink].sort());
	});
});
