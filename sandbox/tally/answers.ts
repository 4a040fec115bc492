import type { Choice, ChoiceQuestion, Form, MatrixQuestion, Question } from './form';

/** A file that a person uploads, or a signature. */
export interface SampleFile {
	name: string;
	mimeType: string;
	content: Buffer;
}

export type SampleAnswer = string | number | string[] | SampleFile[] | Record<string, string | string[]> | null;

/**
 * Answers in a person's words, by question title or id (hidden fields by their name): option texts
 * rather than ids, a matrix as row text → column text(s), a payment as `{name, email}`.
 */
export type SampleAnswers = Record<string, SampleAnswer>;

/** A stored file as webhooks and the REST API show it; the URL opens without a key. */
export interface FileRef {
	id: string;
	name: string;
	url: string;
	mimeType: string;
	size: number;
}

/**
 * A stored answer. Option ids, not texts; a matrix as row id → column ids; hidden, calculated and
 * payment parts by name. A question without an entry, or with null, is unanswered.
 */
export type Answer =
	string | number | string[] | FileRef[] | Record<string, string[]> | Record<string, string | number | null> | null;

export type Answers = ReadonlyMap<string, Answer>;

/**
 * Turns a person's words into stored answers and works out the calculated fields.
 *
 * @param keep stores a file and returns its reference
 * @throws Error for a title or an option that the form does not have
 */
export function toAnswers(form: Form, given: SampleAnswers, keep: (file: SampleFile) => FileRef): Answers {
	const left = new Set(Object.keys(given));
	const take = (...names: string[]): SampleAnswer => {
		for (const name of names) left.delete(name);
		return names.map((name) => given[name]).find((answer) => answer !== undefined) ?? null;
	};
	const answers = new Map<string, Answer>();
	const numbers = new Map<string, number>();
	for (const question of form.questions) {
		if (question.type === 'CALCULATED_FIELDS') continue;
		if (question.type === 'HIDDEN_FIELDS') {
			const values = question.fields.map(({ name }) => [name, textOrNull(take(name))] as const);
			answers.set(question.id, Object.fromEntries(values));
			continue;
		}
		const answer = toAnswer(question, take(question.id, question.title), keep);
		answers.set(question.id, answer);
		if (typeof answer === 'number') numbers.set(question.title, answer);
	}
	for (const question of form.questions) {
		if (question.type !== 'CALCULATED_FIELDS') continue;
		const values = question.fields.map(({ name, from }) => [name, from((title) => numbers.get(title) ?? 0)] as const);
		answers.set(question.id, Object.fromEntries(values));
	}
	if (left.size > 0) {
		throw new Error(`The form "${form.name}" has no question ${[...left].join(', ')}`);
	}
	return answers;
}

function toAnswer(
	question: Exclude<Question, { type: 'HIDDEN_FIELDS' | 'CALCULATED_FIELDS' }>,
	given: SampleAnswer,
	keep: (file: SampleFile) => FileRef,
): Answer {
	if (given === null) return null;
	switch (question.type) {
		case 'INPUT_NUMBER':
		case 'RATING':
		case 'LINEAR_SCALE':
			return given === '' ? null : numberOf(question.title, given);
		case 'MULTIPLE_CHOICE':
		case 'DROPDOWN':
		case 'CHECKBOXES':
		case 'MULTI_SELECT':
		case 'RANKING': {
			const picked = textsOf(given).map((text) => optionId(question, text));
			return picked.length === 0 ? null : picked;
		}
		case 'MATRIX':
			return matrixOf(question, given);
		case 'FILE_UPLOAD':
		case 'SIGNATURE': {
			const files = Array.isArray(given) ? given.filter((file) => typeof file !== 'string') : [];
			return files.length === 0 ? null : files.map(keep);
		}
		case 'PAYMENT': {
			const { name, email } = isRecord(given) ? given : {};
			return {
				price: question.amount,
				currency: question.currency,
				name: textOrNull(name || null),
				email: textOrNull(email || null),
				link: `https://dashboard.stripe.com/payments/pi_${question.id}`,
			};
		}
		default:
			return textOrNull(given);
	}
}

function isRecord(given: SampleAnswer): given is Record<string, string | string[]> {
	return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function textOrNull(given: SampleAnswer): string | null {
	if (typeof given === 'string') return given;
	return typeof given === 'number' ? String(given) : null;
}

function numberOf(title: string, given: SampleAnswer): number {
	const number = typeof given === 'string' ? Number(given) : given;
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw new Error(`"${title}" takes a number`);
	}
	return number;
}

function textsOf(given: SampleAnswer | undefined): string[] {
	if (typeof given === 'string') return given === '' ? [] : [given];
	return Array.isArray(given) ? given.filter((entry) => typeof entry === 'string') : [];
}

/** The id of the option with this text; what a person writes beside "Other" stands for itself. */
function optionId(question: ChoiceQuestion, text: string): string {
	const found = question.options.find((option) => option.text === text);
	if (found) return found.id;
	if (question.otherId !== undefined) return text;
	throw new Error(`"${question.title}" has no option ${text}`);
}

function matrixOf(question: MatrixQuestion, given: SampleAnswer): Record<string, string[]> | null {
	if (!isRecord(given)) return null;
	const idOf = (choices: Choice[], text: string): string => {
		const found = choices.find((choice) => choice.text === text);
		if (!found) throw new Error(`"${question.title}" has no row or column ${text}`);
		return found.id;
	};
	const rows = Object.entries(given)
		.map(([row, columns]) => [row, textsOf(columns)] as const)
		.filter(([, columns]) => columns.length > 0)
		.map(
			([row, columns]) => [idOf(question.rows, row), columns.map((column) => idOf(question.columns, column))] as const,
		);
	return rows.length === 0 ? null : Object.fromEntries(rows);
}
