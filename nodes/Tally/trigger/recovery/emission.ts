import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import { readForm, type FormShape } from '../../form/blocks';
import { readQuestions, type ListedQuestion } from '../../form/questions';
import { titledAsDelivered } from '../../form/untitled';
import { rawFromRest } from '../../submission/fromRest';
import { submissionItem, type Submission } from '../../submission/item';
import { questionsOfResponses, readSubmission } from '../../submission/responses';
import type { TallyClient } from '../../transport/client';
import { readList } from '../../transport/pages';
import { refusalError } from '../../transport/refusals';
import { isSuccess } from '../../transport/reply';
import { downloadFiles } from '../download';
import type { TriggerOptions } from '../options';
import { within } from '../within';
import { changedAt } from './abandoned';
import type { AbandonedStep, ListedSubmission } from './decide';

/** So long the end of a run is waited for. */
const MAX_RUN_MS = 5 * 60_000;

/**
 * How a run ended that was started without a delivery:
 *
 * - `elsewhere`: n8n says that such a run was started before, by this n8n or by the leader before it
 * - `unknown`: it was started, and has not ended while it was waited for
 * - `notStarted`: n8n could not start it
 */
export type Ending = 'succeeded' | 'failed' | 'elsewhere' | 'unknown' | 'notStarted';

/** Submissions as the REST API gives them, and what is needed to read them. */
export interface Loaded {
	readonly submissions: ReadonlyMap<string, Record<string, unknown>>;
	readonly questions: readonly ListedQuestion[];
	readonly form: FormShape;
}

/**
 * Reads submissions with their answers. What is not in the result was deleted: Tally says so of each that its list
 * leaves out, since a list may change while it is read.
 *
 * @param wanted in any order: one that is tried again comes after newer ones
 * @throws ItemError if Tally refuses or can't answer
 */
export async function loadSubmissions(
	client: TallyClient,
	formId: string,
	wanted: readonly ListedSubmission[],
): Promise<Loaded> {
	const path = pathOf(formId);
	const form = await loadForm(client, formId);
	const ids = new Set(wanted.map(({ id }) => id));
	const times = wanted.map(({ submittedAt }) => submittedAt);
	let questions: unknown = [];
	const found = await readList(
		client,
		{
			request: {
				method: 'GET',
				path: `${path}/submissions`,
				query: {
					filter: 'completed',
					startDate: timeText(Math.min(...times)),
					// The end of the second that Tally shows.
					endDate: timeText(Math.max(...times) + 999),
				},
			},
			name: 'submissions',
			maxAtOnce: 100,
		},
		{
			isWanted: ({ id }) => typeof id === 'string' && ids.has(id),
			seeBody: (body) => {
				if (isRecord(body)) questions = body.questions;
			},
		},
	);
	const submissions = new Map(found.map((submission) => [String(submission.id), submission]));
	for (const { id } of wanted) {
		const one = submissions.has(id)
			? undefined
			: await loadOne(client, `${path}/submissions/${encodeURIComponent(id)}`);
		if (one !== undefined) submissions.set(id, one);
	}
	return { submissions, questions: readQuestions(questions, form).map(titledAsDelivered), form };
}

/** The same of abandoned ones, which were read with the list. */
export async function loadedAbandoned(
	client: TallyClient,
	formId: string,
	steps: readonly AbandonedStep[],
): Promise<Loaded> {
	const form = await loadForm(client, formId);
	return {
		submissions: new Map(steps.map(({ submission: { id }, body }) => [id, body])),
		questions: readQuestions(steps[0]?.questions, form).map(titledAsDelivered),
		form,
	};
}

async function loadForm(client: TallyClient, formId: string): Promise<FormShape> {
	return readForm(await client.call({ method: 'GET', path: pathOf(formId), expects: { member: ['id', 'blocks'] } }));
}

function pathOf(formId: string): string {
	return `/forms/${encodeURIComponent(formId)}`;
}

/**
 * One submission by its ID; nothing if Tally has none.
 *
 * @throws ItemError if Tally refuses or can't answer: then nobody knows
 */
async function loadOne(client: TallyClient, path: string): Promise<Record<string, unknown> | undefined> {
	const reply = await client.ask({ method: 'GET', path, expects: { member: 'submission' } });
	if (reply.status === 404) return undefined;
	if (!isSuccess(reply)) throw refusalError(reply);
	return isRecord(reply.body) && isRecord(reply.body.submission) ? reply.body.submission : undefined;
}

/** A submission as the workflow gets it from a delivery, but for the ID of a delivery. */
export async function executionDataOf(
	context: ITriggerFunctions,
	submission: Record<string, unknown>,
	formId: string,
	{ questions: listed, form }: Loaded,
	options: TriggerOptions,
): Promise<INodeExecutionData> {
	const read: Submission = readSubmission(submission, formId, form.name);
	const changed = read.isCompleted ? undefined : changedAt(submission);
	if (changed !== undefined) read.updatedAt = timeText(changed);
	const questions = questionsOfResponses(listed, submission.responses, form);
	const { questions: told, binary } = options.downloadFiles
		? await downloadFiles(context, questions, options.binaryPrefix, performance.now())
		: { questions, binary: undefined };
	const json = submissionItem(read, told, options);
	if (options.raw) json.raw = rawFromRest(submission, options);
	return binary === undefined ? { json } : { json, binary };
}

/**
 * Starts a run, and tells how it ended.
 *
 * @param key no two runs of an n8n have the same one, where it knows keys (since 2.41; others take no notice)
 */
export async function startRun(context: ITriggerFunctions, item: INodeExecutionData, key: string): Promise<Ending> {
	const done = context.helpers.createDeferredPromise<IRun>();
	context.emit([[item]], undefined, done, key);
	try {
		const over = await within(
			MAX_RUN_MS,
			// n8n resolves with nothing where there is no run to tell of.
			done.promise.then((run: IRun | undefined) => ({ run })),
		);
		if (over === undefined) return 'unknown';
		return over.run === undefined ? 'elsewhere' : endingOf(over.run);
	} catch {
		return 'notStarted';
	}
}

function endingOf({ status, data }: IRun): Ending {
	if (status === 'error' || status === 'crashed') return 'failed';
	// A run that waits goes on, and what somebody stopped is meant to end.
	if (status === 'success' || status === 'waiting' || status === 'canceled') return 'succeeded';
	return data.resultData.error === undefined ? 'unknown' : 'failed';
}

function timeText(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
