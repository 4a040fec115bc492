import type { ListedQuestion } from './questions';

/**
 * Tally's words for a question of a type, where it has no text of its own. Seen in deliveries and exports: short
 * answer, long answer, email, number, link, date, multiple choice, checkboxes, file upload; the rest after them.
 */
const WORDS: Readonly<Record<string, string>> = {
	INPUT_TEXT: 'short answer',
	TEXTAREA: 'long answer',
	INPUT_EMAIL: 'email',
	INPUT_PHONE_NUMBER: 'phone number',
	INPUT_LINK: 'link',
	INPUT_NUMBER: 'number',
	INPUT_DATE: 'date',
	INPUT_TIME: 'time',
	MULTIPLE_CHOICE: 'multiple choice',
	CHECKBOXES: 'checkboxes',
	DROPDOWN: 'dropdown',
	MULTI_SELECT: 'multi-select',
	RANKING: 'ranking',
	MATRIX: 'matrix',
	RATING: 'rating',
	LINEAR_SCALE: 'linear scale',
	FILE_UPLOAD: 'file upload',
	SIGNATURE: 'signature',
	PAYMENT: 'payment',
};

/**
 * A question as deliveries call it: the API gives `null` for the title of one without a text, where a delivery has
 * `Untitled checkboxes field`. What has no words of Tally's keeps having no title.
 *
 *     {type: 'CHECKBOXES', title: '', …} → {type: 'CHECKBOXES', title: 'Untitled checkboxes field', …}
 */
export function titledAsDelivered(question: ListedQuestion): ListedQuestion {
	const { type, title } = question;
	if (title !== '' || !Object.hasOwn(WORDS, type)) return question;
	return { ...question, title: `Untitled ${WORDS[type]} field` };
}
