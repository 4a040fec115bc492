import { Readable } from 'node:stream';

import fc from 'fast-check';
import type { IDataObject, IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../nodes/shared/guards';
import { readDelivery } from '../../nodes/Tally/submission/delivery';
import { isSameAddress } from '../../nodes/Tally/transport/addresses';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { TallyTriggerV1_2 } from '../../nodes/Tally/trigger/TallyTriggerV1_2';
import { fuzz, unless } from '../support/fuzz';
import { recordTally, RECORDED_AT } from './recordedTally';
import { inTurn, replies, type HttpReply, type Recorded, type Replies } from './replies';
import { API_KEY, callOf, node, ORIGIN } from './tallyNode';
import { wrongWith } from './wrong';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const hooks = new TallyTriggerV1_2(new TallyTrigger().description).webhookMethods.default;

const OUR_ADDRESS = `${RECORDED_AT}/nobody`;
/** More than publishing and unpublishing have a reason to send. */
const MAX_REQUESTS = 3_000;

let recorded: ReadonlyMap<string, Recorded>;

beforeAll(async () => {
	recorded = await recordTally();
}, 60_000);

/** n8n with a trigger, and a Tally that replies like this; `wrong` says what should not have been. */
function n8nWith(met: Replies, isTest: boolean, memory: IDataObject) {
	const replyTo = inTurn(met);
	const complaints: string[] = [];
	/** Webhooks that may be touched: at our address, made by us, or remembered. */
	const ours = new Set<unknown>([memory.webhookId]);
	const posted: string[] = [];
	let requests = 0;

	const answer = (request: IHttpRequestOptions): HttpReply => {
		const call = callOf(request);
		if (call === undefined) complaints.push(`It asks for ${request.method} ${request.url}`);
		const touched = /^(?:PATCH|DELETE) \/webhooks\/\{webhookId\}$/.test(call ?? '') && request.url.split('/').at(-1);
		if (touched !== false && !ours.has(touched)) complaints.push(`It touches the webhook ${touched}`);
		if (++requests > MAX_REQUESTS) throw new Error('Enough');
		const reply = replyTo(recorded.get(call ?? '') ?? { status: 204, text: '' });
		const { body } = reply;
		if (call === 'POST /webhooks' && isRecord(body)) ours.add(body.id);
		for (const { id, url } of recordsIn(isRecord(body) ? body.webhooks : body)) {
			if (typeof url === 'string' && isSameAddress(url, OUR_ADDRESS)) ours.add(id);
		}
		return reply;
	};
	const context = {
		getNode: () => node,
		getWorkflow: () => ({ id: 'wf1', name: 'Feedback', active: true }),
		getMode: () => (isTest ? 'manual' : 'trigger'),
		getActivationMode: () => (isTest ? 'manual' : 'activate'),
		getNodeParameter: (name: string) => (name === 'formId' ? 'GxdRaQ' : {}),
		getNodeWebhookUrl: () => OUR_ADDRESS,
		getWorkflowStaticData: () => memory,
		getCredentials: () => Promise.resolve({ apiKey: API_KEY, baseUrl: ORIGIN, gatewayConnectionId: '' }),
		logger: { warn: () => undefined },
		helpers: {
			httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) =>
				await Promise.resolve().then(() => answer(request)),
			httpRequest: ({ url, body }: IHttpRequestOptions) => {
				if (url === OUR_ADDRESS) posted.push(typeof body === 'string' ? body : '');
				return Promise.resolve({ statusCode: 200, headers: {}, body: Readable.from([]) });
			},
		},
	};
	const wrong = () => [
		...complaints,
		...unless(requests <= MAX_REQUESTS, 'It asks without end'),
		...posted.flatMap((body) =>
			unless(
				readDelivery(Buffer.from(body)).kind === 'submission',
				`It shows as a test what is no submission: ${body}`,
			),
		),
	];
	return { context: context as unknown as IHookFunctions, wrong };
}

const memories = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<IDataObject>({}) },
	{
		weight: 1,
		arbitrary: fc.record({
			webhookId: fc.constantFrom('w1', '', 7 as unknown as string),
			formId: fc.constantFrom('GxdRaQ', 'Other1'),
			url: fc.constantFrom(OUR_ADDRESS, 'https://elsewhere.example/'),
			sealedSecret: fc.constantFrom('AAAA', '', 'x'.repeat(100)),
		}),
	},
);

describe('Whatever Tally answers, the trigger is published and unpublished, or says why not', () => {
	fuzz(
		'and touches only webhooks of its own',
		fc.record({
			met: replies,
			isTest: fc.boolean(),
			memory: memories,
		}),
		async ({ met, isTest, memory }) => {
			const remembered = { ...memory };
			const { context, wrong } = n8nWith(met, isTest, remembered);
			const found: string[] = [];
			try {
				const isThere = (await hooks.checkExists.call(context)) || (await hooks.create.call(context));
				const { webhookId, sealedSecret } = remembered;
				const isKnown = typeof webhookId === 'string' && webhookId !== '' && typeof sealedSecret === 'string';
				found.push(...unless(isThere && isKnown, 'It says that it is published and knows no webhook'));
			} catch (error) {
				found.push(...wrongWith(error, API_KEY));
			}
			try {
				await hooks.delete.call(context);
			} catch (error) {
				found.push(...wrongWith(error, API_KEY));
			}
			// A test event is sent once n8n listens.
			if (isTest) await new Promise((resolve) => setImmediate(resolve));
			return [...found, ...wrong()];
		},
	);
});
