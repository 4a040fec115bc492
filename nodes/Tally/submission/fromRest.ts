import type { IDataObject } from 'n8n-workflow';

import type { FormShape } from '../form/blocks';
import { readQuestions } from '../form/questions';
import { submissionItem, type ItemOptions } from './item';
import { questionsOfResponses, readSubmission } from './responses';

/**
 * The item of a submission that the REST API gave, equal to the trigger's for the same one.
 *
 *     {id: 'Z9Z97Go', responses: [{questionId: 'EKOE2N', answer: 5}], …}, [{id: 'EKOE2N', title: 'Rating', …}], …
 *     → {answers: {Rating: 5}, hidden: {}, calculated: {}, submissionId: 'Z9Z97Go', …}
 */
export function itemFromRest(
	submission: Record<string, unknown>,
	questions: unknown,
	formId: string,
	form: FormShape,
	options: Omit<ItemOptions, 'raw'>,
): IDataObject {
	return itemReader(questions, formId, form, options)(submission);
}

/** The same for any number of submissions: the form's questions are read once for all of them. */
export function itemReader(
	questions: unknown,
	formId: string,
	form: FormShape,
	options: Omit<ItemOptions, 'raw'>,
): (submission: Record<string, unknown>) => IDataObject {
	const listed = readQuestions(questions, form);
	return (submission) =>
		submissionItem(
			readSubmission(submission, formId, form.name),
			questionsOfResponses(listed, submission.responses, form),
			options,
		);
}

/** A submission as the REST API gave it; without the links, if those were not asked for. */
export function rawFromRest(
	submission: Record<string, unknown>,
	{ includeLinks }: Pick<ItemOptions, 'includeLinks'>,
): IDataObject {
	if (includeLinks) return submission as IDataObject;
	const kept = Object.entries(submission).filter(([name]) => name !== 'previewUrl' && name !== 'pdfUrl');
	return Object.fromEntries(kept) as IDataObject;
}
