import type { IDataObject } from 'n8n-workflow';

import type { DeliveredSubmission } from './delivery';
import { nameOrKey, uniqueNames } from './names';
import type { Answer, Question } from './question';

/** What a submission's item holds beside the answers; each is a choice of the user. */
export interface ItemOptions {
	/** Answers are named by the question's text, or by its key. */
	answerKeys: 'text' | 'key';
	/** Also what was not answered, as `null`. */
	includeUnanswered: boolean;
	/** Also the links that open the whole submission to anyone who has them. */
	includeLinks: boolean;
	/** Also what Tally sent; its links only with `includeLinks`. */
	raw: boolean;
}

/** What stands above the answers, from either source. */
export interface Submission {
	submissionId: string;
	respondentId: string | null;
	formId: string;
	formName: string | null;
	/** ISO 8601, UTC, as Tally writes it. */
	submittedAt: string | null;
	isCompleted: boolean;
	/** When something in it last changed, where that is wanted; ISO 8601, UTC. */
	updatedAt?: string;
	previewUrl: string | null;
	pdfUrl: string | null;
}

/**
 * The item of a delivered submission; its input is not changed.
 *
 *     {submissionId: 'Z9Z97Go', …}, [{text: 'Rating', answer: 5, part: 'answers', …}], {answerKeys: 'text', …}
 *     → {answers: {Rating: 5}, hidden: {}, calculated: {}, submissionId: 'Z9Z97Go', …, eventId: '…'}
 */
export function itemOf(
	delivered: DeliveredSubmission,
	questions: readonly Question[],
	options: ItemOptions,
): IDataObject {
	const item = submissionItem(delivered, questions, options);
	item.eventId = delivered.eventId;
	if (options.raw) item.raw = rawPayload(delivered.payload, options.includeLinks);
	return item;
}

/** The one shape of a submission, wherever it comes from. */
export function submissionItem(
	submission: Submission,
	questions: readonly Question[],
	options: Omit<ItemOptions, 'raw'>,
): IDataObject {
	const { answers, hidden, calculated } = answersByName(questions, options);
	const item: IDataObject = {
		// First, since they are what people look for in a table and drag from there.
		answers,
		hidden,
		calculated,
		submissionId: submission.submissionId,
		respondentId: submission.respondentId,
		formId: submission.formId,
		formName: submission.formName,
		submittedAt: submission.submittedAt,
		isCompleted: submission.isCompleted,
	};
	if (submission.updatedAt !== undefined) item.updatedAt = submission.updatedAt;
	if (options.includeLinks) {
		item.previewUrl = submission.previewUrl;
		item.pdfUrl = submission.pdfUrl;
	}
	return item;
}

/** The three groups of answers, each by name; a group without any is empty. */
function answersByName(
	questions: readonly Question[],
	{ answerKeys, includeUnanswered }: Omit<ItemOptions, 'raw'>,
): { answers: IDataObject; hidden: IDataObject; calculated: IDataObject } {
	const parts: Record<Question['part'], Question[]> = { answers: [], hidden: [], calculated: [] };
	for (const question of questions) parts[question.part].push(question);

	const group = (part: Question['part']): IDataObject => {
		const byKey = part === 'answers' && answerKeys === 'key';
		const names = uniqueNames(parts[part].map(({ key, text }) => (byKey ? key : nameOrKey(text, key))));
		const shown: IDataObject = {};
		for (const [index, { answer, isDeleted }] of parts[part].entries()) {
			if (answer !== null || (includeUnanswered && isDeleted !== true)) setOwn(shown, names[index] as string, answer);
		}
		return shown;
	};
	return { answers: group('answers'), hidden: group('hidden'), calculated: group('calculated') };
}

/** An assignment would make a question called `__proto__` no key but a prototype. */
function setOwn(object: IDataObject, name: string, value: Answer): void {
	if (name !== '__proto__') object[name] = value;
	else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The payload; without the links, if those were not asked for. */
export function rawPayload(payload: Record<string, unknown>, includeLinks: boolean): IDataObject {
	if (includeLinks) return payload as IDataObject;
	const data = Object.entries(payload.data as Record<string, unknown>).filter(
		([name]) => name !== 'submissionPreviewUrl' && name !== 'submissionPdfUrl',
	);
	return { ...payload, data: Object.fromEntries(data) };
}
