import { splitAtLastBracket } from '../form/brackets';
import { answerOf, asJson, isPicked } from './answers';
import type { DeliveredField } from './delivery';
import { partOf, type Answer, type Question } from './question';

/** The five fields that Tally makes of one payment, in the order of the answer. */
export const PAYMENT_PARTS = ['price', 'currency', 'name', 'email', 'link'] as const;

/**
 * Turns the fields of a delivery into the questions of the form, in its order.
 *
 * Fields and questions differ twice (https://tally.so/help/webhooks): a checkbox question comes as
 * one field with all picks and a further one per option, and a payment as one field per part. What else is picked from
 * options is read in the same way, should it come so.
 *
 *     [{key: 'question_EKOE2N', label: 'Your email', type: 'INPUT_EMAIL', value: 'ada@example.com'}]
 *     → [{key: 'question_EKOE2N', text: 'Your email', type: 'INPUT_EMAIL', part: 'answers', answer: 'ada@example.com'}]
 */
export function questionsOf(fields: readonly DeliveredField[]): Question[] {
	const places: Array<Question | Family> = [];
	const families = new Map<string, Family>();
	let last: Family | undefined;
	for (const field of fields) {
		if (!isPicked(field.type) && field.type !== 'PAYMENT') {
			places.push(questionOfField(field));
			continue;
		}
		const question = questionIn(field.key);
		// Fields of one question follow each other, as a rule.
		if (last?.question !== question) last = families.get(question);
		if (last !== undefined) {
			last.fields.push(field);
			continue;
		}
		last = { question, fields: [field] };
		families.set(question, last);
		places.push(last);
	}
	const questions: Question[] = [];
	for (const place of places) {
		// No spread: how many fields share a key is for the sender to say.
		if ('fields' in place) for (const question of questionsOfFamily(place)) questions.push(question);
		else questions.push(place);
	}
	return questions;
}

/** The fields of one question with options, or of one payment: they share a key, and stand where the first does. */
interface Family {
	readonly question: string;
	readonly fields: DeliveredField[];
}

function questionsOfFamily({ question: key, fields }: Family): Question[] {
	const parts: DeliveredField[] = [];
	const ticks: DeliveredField[] = [];
	const wholes: DeliveredField[] = [];
	const own = wholeIn(fields, key);
	// Without its whole a field is one of several only where that is known of Tally.
	const tickType = own?.type ?? 'CHECKBOXES';
	for (const field of fields) {
		const isWhole = field.key === key;
		if (!isWhole && field.type === 'PAYMENT') parts.push(field);
		else if (!isWhole && field.type === tickType && isTick(field)) ticks.push(field);
		else wholes.push(field);
	}
	const questions = wholes.map((field) => questionOfField(field === own ? withWritten(field, ticks) : field));
	const isRepeated = questions.some(({ type }) => type === tickType);
	if (ticks.length > 0 && !isRepeated) questions.push(questionOfTicks(key, ticks));
	if (parts.length > 0) questions.push(questionOfPayment(key, parts));
	return questions;
}

/** The field with all picks of a question. */
function wholeIn(fields: readonly DeliveredField[], key: string): DeliveredField | undefined {
	const wholes = fields.filter((field) => field.key === key && isPicked(field.type));
	return wholes.find(({ type }) => type === 'CHECKBOXES') ?? wholes[0];
}

function questionOfField(field: DeliveredField): Question {
	return {
		key: field.key,
		type: field.type,
		text: field.label,
		part: partOf(field.type),
		answer: answerOf(field.type, field.value, field),
	};
}

/**
 * A question whose picks have what the respondent wrote in place of "Other": the field of that option
 * alone holds the text (seen live 2026).
 */
function withWritten(field: DeliveredField, ticks: readonly DeliveredField[]): DeliveredField {
	const written = new Map<unknown, string>();
	for (const { key, value } of ticks) if (isWritten(value)) written.set(suffixIn(key), value);
	if (written.size === 0) return field;
	const picks: unknown[] = Array.isArray(field.value) ? field.value : [field.value];
	const picked = new Set(picks);
	const added = [...written].filter(([id, text]) => !picked.has(id) && !picked.has(text)).map(([, text]) => text);
	return { ...field, value: [...picks.map((pick) => written.get(pick) ?? pick), ...added] };
}

function isWritten(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

/** One option of a question: true, false, what was written beside it, or null where it is unanswered. */
function isTick(part: DeliveredField): boolean {
	return !Array.isArray(part.options) && !Array.isArray(part.value);
}

/** The picks of a checkbox question of which only the options have come. */
function questionOfTicks(key: string, ticks: DeliveredField[]): Question {
	const text = sharedText(ticks.map(({ label }) => label));
	const picked = ticks.filter(({ value }) => value === true || isWritten(value));
	const texts = picked.map((tick) => (isWritten(tick.value) ? tick.value : optionText(tick, text)));
	return { key, type: 'CHECKBOXES', text, part: 'answers', answer: answerOf('CHECKBOXES', texts, {}) };
}

function optionText(tick: DeliveredField, question: string): string {
	const { label } = tick;
	if (label === '') return suffixIn(tick.key);
	return question === '' ? label : label.slice(question.length + 2, -1);
}

/**
 * The question's text in labels such as `Topics (Price)`, `Topics (Fit (and finish))`: what
 * stands before the parenthesis that the last character closes. Empty if they don't agree.
 */
function sharedText(labels: string[]): string {
	const [text = '', ...others] = new Set(labels.map((label) => splitAtLastBracket(label, '()')?.before ?? ''));
	return others.length === 0 ? text : '';
}

/** One object with the five parts, and with any that Tally may add. */
function questionOfPayment(key: string, parts: DeliveredField[]): Question {
	const values = new Map<string, Answer>(PAYMENT_PARTS.map((part) => [part, null]));
	for (const part of parts) {
		values.set(suffixIn(part.key), part.value === '' ? null : asJson(part.value));
	}
	const isPaid = [...values.values()].some((value) => value !== null);
	const text = parts.map(paymentText).find((known) => known !== '') ?? '';
	const answer = isPaid ? Object.fromEntries(values) : null;
	return { key, type: 'PAYMENT', text, part: 'answers', answer };
}

/** `Payment (price)` is the price of the question `Payment`. */
function paymentText({ key, label }: DeliveredField): string {
	const ending = ` (${suffixIn(key)})`;
	return label.endsWith(ending) ? label.slice(0, -ending.length) : label;
}

const QUESTION = 'question_';

/** `question_EKOE2N_price` → `question_EKOE2N`; a key of its own stays as it is. */
function questionIn(key: string): string {
	const end = key.startsWith(QUESTION) ? key.indexOf('_', QUESTION.length + 1) : -1;
	return end < 0 || key[QUESTION.length] === '_' || end === key.length - 1 ? key : key.slice(0, end);
}

/** `question_EKOE2N_price` → `price`; empty for a key of its own. */
function suffixIn(key: string): string {
	return key.slice(questionIn(key).length + 1);
}
