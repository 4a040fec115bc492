import type { IDataObject } from 'n8n-workflow';

import type { DeliveredSubmission } from './delivery';
import { nameOrKey, withUniqueNames } from './names';
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
	previewUrl: string | null;
	pdfUrl: string | null;
}

/** The item of a delivered submission; its input is not changed. */
export function itemOf(
	delivered: DeliveredSubmission,
	questions: readonly Question[],
	options: ItemOptions,
): IDataObject {
	const { eventId, payload, ...submission } = delivered;
	return {
		...submissionItem({ ...submission, isCompleted: true }, questions, options),
		eventId,
		...(options.raw ? { raw: rawPayload(payload, options.includeLinks) } : {}),
	};
}

/** The one shape of a submission, wherever it comes from. */
export function submissionItem(
	{ submissionId, respondentId, formId, formName, submittedAt, isCompleted, ...links }: Submission,
	questions: readonly Question[],
	options: Omit<ItemOptions, 'raw'>,
): IDataObject {
	const { previewUrl, pdfUrl } = links;
	return {
		// First, since it is what people look for in a table and drag from there.
		...answersByName(questions, options),
		submissionId,
		respondentId,
		formId,
		formName,
		submittedAt,
		isCompleted,
		...(options.includeLinks ? { previewUrl, pdfUrl } : {}),
	};
}

/** The three groups of answers, each by name; a group without any is empty. */
function answersByName(
	questions: readonly Question[],
	{ answerKeys, includeUnanswered }: Omit<ItemOptions, 'raw'>,
): { answers: IDataObject; hidden: IDataObject; calculated: IDataObject } {
	const group = (part: Question['part']): IDataObject => {
		const ofPart = questions.filter((question) => question.part === part);
		const byKey = part === 'answers' && answerKeys === 'key';
		const named = withUniqueNames(ofPart, ({ key, text }) => (byKey ? key : nameOrKey(text, key)));
		const shown: Array<[string, Answer]> = [];
		for (const [name, { answer, isDeleted }] of named) {
			if (answer !== null || (includeUnanswered && isDeleted !== true)) shown.push([name, answer]);
		}
		// fromEntries makes every name an own key, `__proto__` too; an assignment would not.
		return Object.fromEntries(shown);
	};
	return { answers: group('answers'), hidden: group('hidden'), calculated: group('calculated') };
}

/** The payload; without the links, if those were not asked for. */
export function rawPayload(payload: Record<string, unknown>, includeLinks: boolean): IDataObject {
	if (includeLinks) return payload as IDataObject;
	const data = Object.entries(payload.data as Record<string, unknown>).filter(
		([name]) => name !== 'submissionPreviewUrl' && name !== 'submissionPdfUrl',
	);
	return { ...payload, data: Object.fromEntries(data) };
}
