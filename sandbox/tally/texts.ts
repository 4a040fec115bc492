import type { Question, TextsAs } from './form';

/**
 * The part of a block's payload that has its text.
 *
 *     ('Speed', 'safeHTMLSchema') → { safeHTMLSchema: [['Speed']] }
 *     ('Our price', 'safeHTMLSchema') → { safeHTMLSchema: [['Our '], ['price', [['tag', 'span']]]] }
 */
export function textPayload(text: string, as: TextsAs, plain: 'text' | 'html'): Record<string, unknown> {
	switch (as) {
		case 'safeHTMLSchema':
			return { safeHTMLSchema: runsOf(text) };
		case 'html':
			return { html: text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') };
		default:
			return { [plain]: text };
	}
}

/** One run for the first word, a formatted one for the rest: a reader has to join them. */
function runsOf(text: string): unknown[] {
	const end = text.indexOf(' ') + 1;
	if (end === 0 || end === text.length) return [[text]];
	return [[text.slice(0, end)], [text.slice(end), [['tag', 'span']]]];
}

/** The text in a block's payload, whichever member has it; '' if none has. */
export function textIn(payload: Record<string, unknown> | undefined): string {
	const given = [payload?.text, payload?.title, payload?.html].find((text) => typeof text === 'string');
	if (typeof given === 'string') return given;
	const runs: unknown = payload?.safeHTMLSchema;
	return Array.isArray(runs) ? runs.map(textOfRun).join('') : '';
}

function textOfRun(run: unknown): string {
	const text: unknown = Array.isArray(run) ? run[0] : run;
	return typeof text === 'string' ? text : '';
}

/**
 * What Tally calls a question without a text, by its type. Seen in exports: short answer, long
 * answer, email, number, date, multiple choice, checkboxes, file upload; the rest after them.
 */
const kinds: Partial<Record<Question['type'], string>> = {
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

/** What a delivery calls a question: its title, or `Untitled checkboxes field` and the like. */
export function labelOf({ title, type }: Pick<Question, 'title' | 'type'>): string {
	return title === '' ? `Untitled ${kinds[type] ?? 'form'} field` : title;
}
