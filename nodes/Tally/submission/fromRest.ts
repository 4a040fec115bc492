import type { IDataObject } from 'n8n-workflow';

import type { FormShape } from '../form/blocks';
import { readQuestions } from '../form/questions';
import { titledAsDelivered } from '../form/untitled';
import { submissionItem, type ItemOptions } from './item';
import { questionsOfResponses, readSubmission } from './responses';

/** What a submission's item holds, and what a question without a text is called in it. */
export interface RestItemOptions extends Omit<ItemOptions, 'raw'> {
	/** As deliveries call it, or, as in version 1, by its key. */
	untitled: 'asDelivered' | 'byKey';
}

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
	options: RestItemOptions,
): IDataObject {
	return itemReader(questions, formId, form, options)(submission);
}

/** The same for any number of submissions: the form's questions are read once for all of them. */
export function itemReader(
	questions: unknown,
	formId: string,
	form: FormShape,
	options: RestItemOptions,
): (submission: Record<string, unknown>) => IDataObject {
	const read = readQuestions(questions, form);
	const listed = options.untitled === 'asDelivered' ? read.map(titledAsDelivered) : read;
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
