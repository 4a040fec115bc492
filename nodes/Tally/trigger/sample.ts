import { sleep, type IDataObject, type IHookFunctions } from 'n8n-workflow';

import { filledText, isRecord, recordsIn } from '../../shared/guards';
import { readForm } from '../form/blocks';
import { readQuestions } from '../form/questions';
import { fieldsOfResponses } from '../submission/responses';
import { onOneLine } from './log';
import type { Attempt, Registration } from './memory';
import { changedAt } from './recovery/abandoned';
import { isProofOfArrival, postSigned, PROOF_HEADER } from './probe';
import { signatureOf } from './signature';
import { clientOf } from './webhooks';

/** So many submissions are looked at; Tally does not promise their order. */
const SAMPLE_SIZE = 50;

/** n8n takes test events only once `create` has returned and its static data is stored. */
const WAITS_MS = [500, 1000, 2000, 4000];

/**
 * Lets a test start with the newest submission there is, so that nobody has to fill in the
 * form: it is sent to the test's own address as Tally would send it, signed with the test's
 * secret, and takes the way of every delivery. Where there is none, the test simply waits.
 *
 * What must be asked of Tally is asked now; the sending happens after n8n has begun to listen.
 */
export async function offerSample(context: IHookFunctions, registration: Registration): Promise<void> {
	const sample = await newestSubmission(context, registration.formId);
	if (sample !== undefined) sendSample(context, registration, sample);
}

/** A submission that is there, as the body of a delivery. */
export type Sample = IDataObject;

/** Sends a sample to the test's own address, once n8n has begun to listen. */
export function sendSample(context: IHookFunctions, address: Attempt, sample: Sample): void {
	void sendToOurselves(context, address, JSON.stringify(sample));
}

/** The newest submission of a kind; nothing if it can't be had. */
export async function newestSubmission(
	context: IHookFunctions,
	formId: string,
	filter: 'completed' | 'partial' = 'completed',
): Promise<Sample | undefined> {
	const path = `/forms/${encodeURIComponent(formId)}`;
	const client = clientOf(context);
	const list = await client.ask({
		method: 'GET',
		path: `${path}/submissions`,
		expects: { list: 'submissions' },
		query: { page: 1, limit: SAMPLE_SIZE, filter },
	});
	const { questions, submissions } = isRecord(list.body) ? list.body : {};
	const timeOf = filter === 'partial' ? (one: Entry) => changedAt(one) ?? 0 : timeOfSubmission;
	const [newest] = recordsIn(submissions)
		.filter(({ id, isCompleted }) => filledText(id) !== undefined && (filter === 'completed' || isCompleted !== true))
		.sort((a, b) => timeOf(b) - timeOf(a));
	if (newest === undefined) return undefined;
	const unfinished =
		filter === 'completed' ? {} : { isCompleted: false, updatedAt: new Date(timeOf(newest)).toISOString() };

	const form = readForm((await client.ask({ method: 'GET', path, expects: { member: ['id', 'blocks'] } })).body);
	return {
		eventId: `sample-${String(newest.id)}`,
		eventType: 'FORM_RESPONSE',
		createdAt: newest.submittedAt,
		data: {
			responseId: newest.id,
			submissionId: newest.id,
			respondentId: newest.respondentId,
			formId,
			formName: form.name,
			createdAt: newest.submittedAt,
			...unfinished,
			submissionPreviewUrl: newest.previewUrl,
			submissionPdfUrl: newest.pdfUrl,
			fields: fieldsOfResponses(readQuestions(questions, form), newest.responses, form),
		},
	} as IDataObject;
}

type Entry = Record<string, unknown>;

function timeOfSubmission(submission: Entry): number {
	return Date.parse(filledText(submission.submittedAt) ?? '') || 0;
}

/** So long n8n listens for a test event; where *Acknowledge* is *When Finished*, it answers when the run has ended. */
const MAX_RUN_MS = 120_000;

/** So n8n answers while it does not listen yet, or a proxy while n8n does not answer. */
const NOT_YET: ReadonlySet<number> = new Set([401, 404, 429, 502, 503, 504]);

/** Never fails: whoever waits can still submit the form. */
async function sendToOurselves(context: IHookFunctions, { url, secret }: Attempt, body: string): Promise<void> {
	const signature = signatureOf(Buffer.from(body), secret);
	let status = 0;
	for (const wait of WAITS_MS) {
		await sleep(wait);
		const reply = await postSigned(context, url, body, secret, MAX_RUN_MS);
		if (reply !== undefined && isProofOfArrival(secret, signature, reply.headers[PROOF_HEADER])) return;
		status = reply?.status ?? 0;
		if (status !== 0 && !NOT_YET.has(status)) break;
	}
	const why =
		status === 0
			? `n8n does not reach itself at ${url}. Let n8n reach its own public address`
			: `at n8n's own address ${url} something else answers (status ${status}), such as a login page or a proxy in front of n8n. Let requests to n8n's webhooks through without a login: Tally needs that, too`;
	context.logger.warn(
		onOneLine(
			`Tally Trigger could not show the newest submission as a test event, because ${why}. Until then, submit the form to test the workflow, or pin data.`,
		),
	);
}
