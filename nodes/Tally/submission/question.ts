/**
 * A question of a form and its answer in one submission. Webhook deliveries and the REST API
 * describe these differently; both are brought into this form, from which the item is built.
 */
export interface Question {
	/** Tally's key, e.g. `question_EKOE2N`; unique in the form. */
	key: string;
	/** Tally's name of its type, e.g. `INPUT_TEXT`. */
	type: string;
	/** What the respondent reads, or the name of a hidden or calculated field; may be empty. */
	text: string;
	/** Where in the item it belongs. */
	part: 'answers' | 'hidden' | 'calculated';
	/** The answer in its final shape; `null` if there is none. */
	answer: Answer;
	/** Removed from the form since; deliveries never have such a question. */
	isDeleted?: boolean;
}

/** An answer as n8n shows it: JSON. */
export type Answer = null | string | number | boolean | Answer[] | { [name: string]: Answer };

/** Where a question of a type belongs: answers, hidden fields and calculated ones are apart. */
export function partOf(type: string): Question['part'] {
	if (type === 'HIDDEN_FIELDS') return 'hidden';
	if (type === 'CALCULATED_FIELDS') return 'calculated';
	return 'answers';
}
