import fc from 'fast-check';

import { isRecord, recordsIn } from '../../nodes/shared/guards';
import { readForm } from '../../nodes/Tally/form/blocks';
import { readDelivery, type DeliveredField } from '../../nodes/Tally/submission/delivery';
import { questionsOf } from '../../nodes/Tally/submission/fields';
import { itemFromRest, rawFromRest } from '../../nodes/Tally/submission/fromRest';
import { itemOf, type ItemOptions } from '../../nodes/Tally/submission/item';
import { partOf } from '../../nodes/Tally/submission/question';
import { toAnswers } from '../../sandbox/tally/answers';
import { blocksOf } from '../../sandbox/tally/blocks';
import { usualHabits } from '../../sandbox/tally/habits';
import { webhookFields } from '../../sandbox/tally/fields';
import { restQuestions } from '../../sandbox/tally/questions';
import { sampleAnswers, sampleForm } from '../../sandbox/tally/sampleForm';
import { restSubmission } from '../../sandbox/tally/submissions';
import { bodyWith, bytesOf, itemFrom, type SentField } from '../nodes/Tally/deliveries';
import { fuzz, unless } from '../support/fuzz';
import { anyCharacters, like, oddJson } from './json';
import { oddities } from './wrong';

const form = sampleForm('GxdRaQ');
const answers = toAnswers(form, sampleAnswers, ({ name, mimeType, content }) => ({
	id: 'f1',
	name,
	mimeType,
	size: content.length,
	url: `https://storage.tally.so/private/${name}`,
}));
const delivery = JSON.stringify(bodyWith(webhookFields(form, answers)));

const options: fc.Arbitrary<ItemOptions> = fc.record({
	answerKeys: fc.constantFrom('text', 'key'),
	includeLinks: fc.boolean(),
	includeUnanswered: fc.boolean(),
	raw: fc.boolean(),
});

const GROUPS = ['answers', 'hidden', 'calculated'] as const;

/** What every submission's item must be, wherever it came from. */
function wrongIn(item: Record<string, unknown>): string[] {
	return [
		...oddities(item),
		...GROUPS.flatMap((group) => unless(isRecord(item[group]), `${group} is no object`)),
		...unless(typeof item.submissionId === 'string' && typeof item.formId === 'string', 'It has no ids'),
	];
}

function namesIn(item: Record<string, unknown>): string[] {
	return GROUPS.flatMap((group) => Object.keys(item[group] as object).map((name) => `${group} ${name}`)).sort();
}

/** Each option of a checkbox question is a field too, and so is each part of a payment. */
function isOfSeveralFields(type: unknown): boolean {
	return type === 'CHECKBOXES' || type === 'PAYMENT';
}

/** Beside the field with all picks one of the same question and type is one of its options. */
function isOption({ key, type }: DeliveredField, all: readonly DeliveredField[]): boolean {
	return all.some((other) => other.type === type && other.key !== key && key.startsWith(`${other.key}_`));
}

/** Types whose parts have names of their own. */
const NAMED = new Set<unknown>(['HIDDEN_FIELDS', 'CALCULATED_FIELDS', 'PAYMENT']);

function missing(names: readonly string[], group: unknown): string[] {
	return names.filter((name) => !Object.hasOwn(group as object, name)).map((name) => `${name} is lost`);
}

function sameText(one: unknown, other: unknown, complaint: string): string[] {
	return unless(JSON.stringify(one) === JSON.stringify(other), complaint);
}

describe('The body of a delivery', () => {
	fuzz(
		'becomes an item that has every question, or is none of Tally’s',
		fc.record({ sent: like(delivery), options }),
		({ sent, options: wanted }) => {
			const read = readDelivery(bytesOf(JSON.stringify(sent)));
			if (read.kind !== 'submission') return [];
			const { submission } = read;
			const before = JSON.stringify(submission);
			const questions = questionsOf(submission.fields);
			const item = itemOf(submission, questions, wanted);
			const all = itemOf(submission, questions, { ...wanted, includeUnanswered: true });
			const byKey = itemOf(submission, questions, { ...wanted, includeUnanswered: true, answerKeys: 'key' });
			const single = submission.fields.filter(({ type }) => !isOfSeveralFields(type));
			const own = single.filter((field) => !isOption(field, submission.fields));
			const keys = own.filter(({ type }) => partOf(type) === 'answers').map(({ key }) => key);
			return [
				...wrongIn(item),
				...sameText(
					item,
					itemOf(submission, questionsOf(submission.fields), wanted),
					'Reading again gives another item',
				),
				...unless(JSON.stringify(submission) === before, 'Reading has changed what was read'),
				...unless(namesIn(all).length === questions.length, 'Two questions share a name'),
				...GROUPS.flatMap((group) => missing(Object.keys(item[group] as object), all[group])),
				...unless(questions.filter(({ type }) => !isOfSeveralFields(type)).length >= own.length, 'A question is lost'),
				...missing(keys, byKey.answers),
			];
		},
	);

	const namesWith = (values: ReadonlyArray<readonly [at: number, value: unknown]>) => {
		const fields: SentField[] = webhookFields(form, answers).map((field) => ({ ...field }));
		// A tick that is neither true, false nor null would be no tick.
		const open = fields.filter(({ type, options: choices }) => type !== 'CHECKBOXES' || choices !== undefined);
		for (const [at, value] of values) Object.assign(open[at % open.length] ?? {}, { value });
		return namesIn(itemFrom(bodyWith(fields), { includeUnanswered: true }));
	};
	const names = namesWith([]);

	fuzz('gives its questions the same names whatever their answers are', fc.array(fc.tuple(fc.nat(), oddJson)), (put) =>
		sameText(namesWith(put), names, 'A name has changed'),
	);

	const anyText = fc.oneof(
		oddJson.map((json) => JSON.stringify(json)),
		fc.json(),
		anyCharacters,
	);

	fuzz('may be anything at all', anyText, (text) => {
		const { kind } = readDelivery(Buffer.from(text));
		return unless(['unknownEvent', 'notTally'].includes(kind), `It is taken for a ${kind}`);
	});
});

describe('A submission of the REST API', () => {
	const submission = JSON.stringify({
		submission: restSubmission(
			form,
			{
				id: 'Z9Z97Go',
				formId: form.id,
				respondentId: 'aB3xYz',
				isCompleted: true,
				submittedAt: '2026-02-09T10:00:00.000Z',
				answers,
			},
			{ previewUrl: 'https://tally.so/p', pdfUrl: 'https://tally.so/p.pdf' },
			usualHabits,
		),
		questions: restQuestions(form, () => 1),
		form: { id: 'GxdRaQ', name: 'Feedback', blocks: blocksOf(form) },
	});

	fuzz(
		'becomes an item that has every question',
		fc.record({ changed: like(submission), options }),
		({ changed, options: wanted }) => {
			const parts = isRecord(changed) ? changed : {};
			const found = isRecord(parts.submission) ? parts.submission : {};
			const before = JSON.stringify(parts);
			const shape = readForm(parts.form);
			const read = (more: Partial<ItemOptions>) =>
				itemFromRest(found, parts.questions, 'GxdRaQ', shape, { ...wanted, ...more, untitled: 'asDelivered' });
			const item = read({});
			const all = read({ includeUnanswered: true });
			const byKey = read({ includeUnanswered: true, answerKeys: 'key' });
			const keys = recordsIn(parts.questions)
				.filter(({ type, isDeleted }) => !NAMED.has(type) && isDeleted !== true)
				.flatMap(({ id }) => (typeof id === 'string' && id !== '' ? [`question_${id}`] : []));
			return [
				...wrongIn(item),
				...oddities(rawFromRest(found, wanted)),
				...unless(JSON.stringify(parts) === before, 'Reading has changed what was read'),
				...GROUPS.flatMap((group) => missing(Object.keys(item[group] as object), all[group])),
				...missing(keys, byKey.answers),
			];
		},
	);
});
