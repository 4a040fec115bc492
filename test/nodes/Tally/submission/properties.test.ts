import fc from 'fast-check';

import { uniqueNames } from '../../../../nodes/Tally/submission/names';
import { questionsOf } from '../../../../nodes/Tally/submission/fields';
import { itemOf } from '../../../../nodes/Tally/submission/item';
import { bodyWith, defaults, itemFrom, submissionIn, type SentField } from '../deliveries';

/** Few different texts, so that they repeat, and the nasty ones among them. */
const label = fc.oneof(
	fc.constantFrom('Name', 'Name (2)', ' Name', 'Name (2) (2)', '__proto__', 'constructor', '1', '', null),
	fc.string({ unit: 'grapheme', maxLength: 12 }),
);

const optionLists = fc.uniqueArray(fc.record({ id: fc.uuid(), text: fc.string({ minLength: 1, maxLength: 8 }) }), {
	selector: ({ id }) => id,
	minLength: 1,
	maxLength: 5,
});

const plain = fc.oneof(
	fc.record({ type: fc.constantFrom('INPUT_TEXT', 'TEXTAREA', 'INPUT_EMAIL', 'INPUT_LINK'), value: fc.string() }),
	fc.record({ type: fc.constantFrom('INPUT_NUMBER', 'RATING', 'LINEAR_SCALE'), value: fc.integer() }),
	fc.record({ type: fc.constantFrom('HIDDEN_FIELDS', 'CALCULATED_FIELDS'), value: fc.string() }),
	fc.record({ type: fc.constant('HOLOGRAM'), value: fc.jsonValue({ maxDepth: 2 }) }),
);

const picked = optionLists.chain((options) =>
	fc.record({
		type: fc.constantFrom('MULTIPLE_CHOICE', 'DROPDOWN', 'CHECKBOXES', 'MULTI_SELECT', 'RANKING'),
		value: fc.oneof(fc.subarray(options.map(({ id }) => id)), fc.array(fc.string({ minLength: 1 }), { maxLength: 3 })),
		options: fc.constant(options),
	}),
);

const matrix = fc.tuple(optionLists, optionLists).chain(([rows, columns]) =>
	fc.record({
		type: fc.constant('MATRIX'),
		value: fc
			.subarray(rows.map(({ id }) => id))
			.chain((ids) =>
				fc
					.tuple(...ids.map(() => fc.subarray(columns.map(({ id }) => id))))
					.map((ticks) => Object.fromEntries(ids.map((id, index) => [id, ticks[index]]))),
			),
		rows: fc.constant(rows),
		columns: fc.constant(columns),
	}),
);

/** A form: questions with keys of their own, in order, most of them answered. */
const form: fc.Arbitrary<SentField[]> = fc
	.array(
		fc.tuple(
			fc.oneof(plain, picked, matrix),
			fc.record({ label, isAnswered: fc.integer({ min: 0, max: 3 }).map((dice) => dice > 0) }),
		),
		{ maxLength: 30 },
	)
	.map((questions) =>
		questions.map(([field, { label: text, isAnswered }], index) => ({
			...field,
			key: `question_q${index}`,
			label: text,
			value: isAnswered ? field.value : null,
		})),
	);

const groups = ['answers', 'hidden', 'calculated'] as const;

function namesIn(item: Record<string, unknown>): string[] {
	return groups.flatMap((group) => Object.keys(item[group] as object).map((name) => `${group}.${name}`));
}

function isUnanswered({ type, value }: SentField): boolean {
	if (value === null || value === '') return true;
	if (Array.isArray(value)) return value.length === 0;
	return type === 'MATRIX' && Object.values(value as object).every((ticks: unknown[]) => ticks.length === 0);
}

it('loses no answer, and gives no two questions one name', () => {
	fc.assert(
		fc.property(form, (fields) => {
			const all = namesIn(itemFrom(bodyWith(fields), { includeUnanswered: true }));
			expect(all).toHaveLength(fields.length);
			const answered = namesIn(itemFrom(bodyWith(fields)));
			expect(answered).toHaveLength(fields.filter((field) => !isUnanswered(field)).length);
		}),
	);
});

it('gives the same form the same names, whatever is answered', () => {
	fc.assert(
		fc.property(form, fc.infiniteStream(fc.boolean()), (fields, keep) => {
			const other = fields.map((field) => (keep.next().value === true ? field : { ...field, value: null }));
			const names = (sent: SentField[]) => namesIn(itemFrom(bodyWith(sent), { includeUnanswered: true }));
			expect(names(other)).toEqual(names(fields));
			expect(names(fields)).toEqual(expect.arrayContaining(namesIn(itemFrom(bodyWith(other)))));
		}),
	);
});

it('changes nothing of what it reads', () => {
	fc.assert(
		fc.property(form, fc.boolean(), (fields, raw) => {
			const submission = submissionIn(bodyWith(fields));
			const before = JSON.stringify(submission);
			itemOf(submission, questionsOf(submission.fields), { ...defaults, raw });
			expect(JSON.stringify(submission)).toBe(before);
		}),
	);
});

it('is JSON', () => {
	fc.assert(
		fc.property(form, (fields) => {
			const item = itemFrom(bodyWith(fields), { includeUnanswered: true, raw: true });
			const text = JSON.stringify(item);
			expect(JSON.stringify(JSON.parse(text))).toBe(text);
			expect(namesIn(JSON.parse(text) as Record<string, unknown>)).toEqual(namesIn(item));
		}),
	);
});

it('keeps every ticked text of a matrix, whatever its rows are called', () => {
	fc.assert(
		fc.property(matrix, (field) => {
			const ticked = Object.values(field.value).filter((ticks) => (ticks ?? []).length > 0);
			const { answers } = itemFrom(bodyWith([{ key: 'question_m', label: 'M', ...field }])) as {
				answers: { M?: object };
			};
			expect(Object.keys(answers.M ?? {})).toHaveLength(ticked.length);
		}),
	);
});

it('names any list of texts without a collision, the first of each text by itself', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ minLength: 1, unit: fc.constantFrom('a', ' ', '(', '2', '3', ')') })), (texts) => {
			const names = uniqueNames(texts);
			expect(new Set(names).size).toBe(texts.length);
			for (const text of new Set(texts)) expect(names[texts.indexOf(text)]).toBe(text);
		}),
	);
});

it('reads as many options of one question as one may send', () => {
	const fields = Array.from({ length: 100_000 }, (_, index) => ({
		key: `question_c_${index}`,
		label: `Topics (${index})`,
		type: 'CHECKBOXES',
		value: true,
	}));
	const { answers } = itemFrom(bodyWith(fields)) as { answers: { Topics: string[] } };
	expect(answers.Topics).toHaveLength(100_000);
});

it.each(['INPUT_TEXT', 'MULTI_SELECT', 'MATRIX', 'FILE_UPLOAD', 'HIDDEN_FIELDS', 'HOLOGRAM'])(
	'reads a value of %s that is nested as deep as can be',
	(type) => {
		const value = `${'{"a":['.repeat(50_000)}${']}'.repeat(50_000)}`;
		const body = JSON.stringify(bodyWith([{ key: 'question_a', label: 'Q', type, value: 'here' }]));
		const item = itemFrom(body.replace('"here"', value), { raw: true });
		expect(namesIn(item)).toHaveLength(1);
	},
);

it('reads a form with 500 fields of one text', () => {
	const fields = Array.from({ length: 500 }, (_, index) => ({
		key: `question_${index}`,
		label: 'Same',
		type: 'INPUT_TEXT',
		value: String(index),
	}));
	const { answers } = itemFrom(bodyWith(fields)) as { answers: Record<string, string> };
	expect(Object.keys(answers)).toHaveLength(500);
	expect(answers['Same (500)']).toBe('499');
});
