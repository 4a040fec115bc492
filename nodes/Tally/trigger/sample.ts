import { sleep, type IDataObject, type IHookFunctions, type IN8nHttpFullResponse } from 'n8n-workflow';

import { filledText, isRecord, recordsIn } from '../../shared/guards';
import { readForm } from '../form/blocks';
import { readQuestions } from '../form/questions';
import { fieldsOfResponses } from '../submission/responses';
import { TallyClient } from '../transport/client';
import type { Registration } from './memory';
import { signatureOf } from './signature';

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
	const body = await newestSubmission(context, registration.formId);
	if (body !== undefined) void sendToOurselves(context, registration, JSON.stringify(body));
}

/** The newest completed submission as the body of a delivery; nothing if it can't be had. */
async function newestSubmission(context: IHookFunctions, formId: string): Promise<IDataObject | undefined> {
	const path = `/forms/${encodeURIComponent(formId)}`;
	const client = new TallyClient(context);
	const list = await client.ask({
		method: 'GET',
		path: `${path}/submissions`,
		expects: { list: 'submissions' },
		query: { page: 1, limit: SAMPLE_SIZE, filter: 'completed' },
	});
	const { questions, submissions } = isRecord(list.body) ? list.body : {};
	const [newest] = recordsIn(submissions)
		.filter(({ id }) => filledText(id) !== undefined)
		.sort((a, b) => timeOf(b) - timeOf(a));
	if (newest === undefined) return undefined;

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
			submissionPreviewUrl: newest.previewUrl,
			submissionPdfUrl: newest.pdfUrl,
			fields: fieldsOfResponses(readQuestions(questions, form), newest.responses, form),
		},
	} as IDataObject;
}

function timeOf(submission: Record<string, unknown>): number {
	return Date.parse(filledText(submission.submittedAt) ?? '') || 0;
}

/** Never fails: whoever waits can still submit the form. */
async function sendToOurselves(context: IHookFunctions, { url, secret }: Registration, body: string): Promise<void> {
	for (const wait of WAITS_MS) {
		await sleep(wait);
		const status = await post(context, url, body, signatureOf(Buffer.from(body), secret));
		// 401 and 404 mean that n8n does not listen yet; 0 that it was not reached.
		if (status !== 0 && status !== 401 && status !== 404) return;
	}
	context.logger.warn(
		`Tally Trigger could not show the newest submission as a test event, because n8n does not reach itself at ${url}. Submit the form instead.`,
	);
}

async function post(context: IHookFunctions, url: string, body: string, signature: string): Promise<number> {
	try {
		const reply = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { 'Content-Type': 'application/json', 'Tally-Signature': signature },
			body,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		})) as IN8nHttpFullResponse;
		return reply.statusCode;
	} catch {
		return 0;
	}
}
