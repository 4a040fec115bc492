import fc from 'fast-check';
import { randomUUID } from 'node:crypto';

import { readDelivery } from '../../nodes/Tally/submission/delivery';
import { questionsOf } from '../../nodes/Tally/submission/fields';
import { itemOf, type ItemOptions } from '../../nodes/Tally/submission/item';
import type { SampleAnswers } from '../../sandbox/tally/answers';
import type { Choice, Form, TextsAs } from '../../sandbox/tally/form';
import { buildForm, consentsAnswers, consentsForm, sampleAnswers, sampleForm } from '../../sandbox/tally/sampleForm';
import { startTally, type LocalTally } from '../../sandbox/tally/tally';
import { byId, describedKeys, itemsOf, runTally, type TallyRun } from '../support/tallyRun';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

jest.setTimeout(60_000);

/** The version of the node that a new workflow gets. */
const NEWEST = 1.1;
const TEXTS: readonly TextsAs[] = ['text', 'html', 'safeHTMLSchema'];

let tally: LocalTally;

beforeEach(async () => {
	tally = await startTally();
});
afterEach(async () => {
	expect(tally.violations()).toEqual([]);
	await tally.close();
});

const form = () => byId(tally.formId);
const getAll = (more: object = {}): TallyRun => ({
	resource: 'submission',
	operation: 'getAll',
	formId: form(),
	returnAll: true,
	...more,
});
const idsOf = (items: Array<Record<string, unknown>>) => items.map(({ submissionId }) => submissionId);

/** What the trigger makes of each delivery of a form, by submission. */
async function deliveredItems(
	formId: string,
	given: SampleAnswers[],
	options: Partial<ItemOptions> = {},
): Promise<Map<string, object>> {
	const response = await fetch(`${tally.url}/webhooks`, {
		method: 'POST',
		headers: { authorization: `Bearer ${tally.apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ formId, url: `${tally.url}/nobody`, eventTypes: ['FORM_RESPONSE'] }),
	});
	expect(response.status).toBe(201);
	for (const answers of given) await tally.submit(answers, formId);
	return new Map(
		tally.deliveries().map(({ payload }) => {
			const delivery = readDelivery(Buffer.from(JSON.stringify(payload)));
			if (delivery.kind !== 'submission') throw new Error(delivery.kind);
			const { submission } = delivery;
			const { eventId, ...item } = itemOf(submission, questionsOf(submission.fields), {
				answerKeys: 'text',
				includeLinks: false,
				includeUnanswered: false,
				raw: false,
				...options,
			});
			expect(eventId).toEqual(expect.any(String));
			return [submission.submissionId, item];
		}),
	);
}

/** Both sources of the same submissions, side by side. */
async function compare(formId: string, given: SampleAnswers[], options: Partial<ItemOptions> = {}): Promise<void> {
	const delivered = await deliveredItems(formId, given, options);
	const many = await itemsOf(tally, getAll({ formId: byId(formId), options }), undefined, NEWEST);
	expect(Object.fromEntries(many.map((item) => [item.submissionId, item]))).toEqual(Object.fromEntries(delivered));
	const ids = [...delivered.keys()].map((submissionId) => ({ json: { submissionId } }));
	const one = { resource: 'submission', operation: 'get', submissionId: '={{ $json.submissionId }}' };
	expect(await itemsOf(tally, { ...one, formId: byId(formId), options }, ids, NEWEST)).toEqual([...delivered.values()]);
	// Names and their order, which `toEqual` does not see.
	for (const item of many) {
		expect(JSON.stringify(item)).toBe(JSON.stringify(delivered.get(String(item.submissionId))));
	}
}

const choices = (...texts: string[]): Choice[] => texts.map((text) => ({ id: randomUUID(), text }));

describe('REST gives what the trigger gives', () => {
	it.each(TEXTS)('for every type of question, answered, unanswered, and both mixed, texts as %s', async (textsAs) => {
		const live = { ...sampleForm('types1'), textsAs };
		tally.addForm(live);
		// Every type that is documented for both sources.
		expect(new Set(live.questions.map(({ type }) => type)).size).toBe(21);
		await compare(live.id, [
			sampleAnswers,
			{},
			{ 'Rate us': 0, 'How likely are you to recommend us?': 0, 'How many people are in your team?': 0 },
			{ 'How did you hear about us?': 'On a bus', Topics: ['Service'], 'What matters most?': ['Design'] },
			{ 'How was it?': { Speed: ['Poor'], Packaging: 'Great' }, utm_campaign: 'spring' },
		]);
	});

	it.each(TEXTS.flatMap((textsAs) => (['group', 'row'] as const).map((by) => [textsAs, by] as const)))(
		'for a form as the editor makes it, texts as %s, fields of a matrix by %s',
		async (textsAs, matrixFieldsBy) => {
			const live = { ...consentsForm('cons01'), textsAs, matrixFieldsBy };
			tally.addForm(live);
			const all = consentsAnswers(live);
			const given = [all, {}, { Allergies: ['Shellfish'] }, { 'Rate us': { 'Price of delivery': 'Very good' } }];
			await compare(live.id, given);
			await compare(live.id, given, { includeUnanswered: true });
			const [whole] = (await itemsOf(tally, getAll({ formId: byId(live.id) }), undefined, NEWEST)).slice(-1);
			expect(whole?.answers).toEqual({
				'Untitled checkboxes field': ['I agree to the terms'],
				'Untitled checkboxes field (2)': ['Send me news'],
				Allergies: ['Nuts', 'Shellfish'],
				'Rate us': { Speed: 'Very good', 'Price of delivery': 'Poor' },
			});
		},
	);

	it('but for what has no text, which version 1 calls by its key', async () => {
		const live = consentsForm('cons01');
		tally.addForm(live);
		const [terms, news] = live.questions.map(({ id }) => `question_${id}`) as [string, string];
		const { submissionId } = await tally.submit(consentsAnswers(live), live.id);
		for (const operation of ['get', 'getAll']) {
			const [item] = await itemsOf(tally, { ...getAll({ formId: byId(live.id) }), operation, submissionId });
			expect(item?.answers).toEqual({
				[terms]: ['I agree to the terms'],
				[news]: ['Send me news'],
				Allergies: ['Nuts', 'Shellfish'],
				'Rate us': { Speed: 'Very good', 'Price of delivery': 'Poor' },
			});
		}
	});

	it.each<Partial<ItemOptions>>([
		{ includeUnanswered: true },
		{ answerKeys: 'key' },
		{ includeLinks: true },
		{ answerKeys: 'key', includeUnanswered: true, includeLinks: true },
	])('with the options %j', async (options) => {
		await compare(tally.formId, [sampleAnswers, { Phone: '+1' }], options);
	});

	it('for questions of one text, numbered in form order whichever was answered', async () => {
		const twice = buildForm('twice1', ' Two of a kind ', [
			{ type: 'INPUT_TEXT', title: 'Name' },
			{ type: 'INPUT_EMAIL', title: ' Name ' },
			{ type: 'CHECKBOXES', title: 'Name', options: choices('A', 'B, C') },
			{ type: 'MULTIPLE_CHOICE', title: '', options: choices('x'), allowMultiple: true },
			{ type: 'MATRIX', title: 'M', rows: choices('r', 'r'), columns: choices('1', '2'), allowMultiple: true },
			{ type: 'PAYMENT', title: 'Pay (now)', amount: 3, currency: 'USD' },
			{ type: 'INPUT_TEXT', title: '__proto__' },
		]);
		tally.addForm(twice);
		const [first, second, third] = twice.questions.map(({ id }) => id) as [string, string, string];
		await compare(
			twice.id,
			[
				{ [third]: ['B, C'] },
				{ [second]: 'b@example.com' },
				{ [first]: 'a', [third]: ['A', 'B, C'], M: { r: ['1', '2'] }, __proto__x: null } as never,
			].map((given) => Object.fromEntries(Object.entries(given).filter(([name]) => name !== '__proto__x'))),
		);
		const items = await itemsOf(tally, getAll({ formId: byId('twice1') }));
		expect(items.map(({ answers }) => Object.keys(answers as object))).toEqual([
			['Name', 'Name (3)', 'M'],
			['Name (2)'],
			['Name (3)'],
		]);
		expect(items[0]).toMatchObject({ formName: 'Two of a kind' });
	});

	it('for any answers', async () => {
		const text = fc.string({ minLength: 1 });
		const options = ['Price', 'Fit, and finish', 'Service'];
		const columns = fc.constantFrom('Poor', 'Fair', 'Great');
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record(
						{
							"What's your name?": text,
							'Anything else?': fc.string(),
							'Rate us': fc.integer({ min: 0, max: 5 }),
							'How many people are in your team?': fc.double({ noNaN: true, noDefaultInfinity: true }),
							Topics: fc.subarray(options),
							'How did you hear about us?': fc.oneof(fc.constant('Search'), text),
							'How was it?': fc.dictionary(fc.constantFrom('Quality', 'Speed'), columns),
							utm_source: text,
						},
						{ requiredKeys: [] },
					),
					{ minLength: 50, maxLength: 60 },
				),
				async (given) => await compare(tally.formId, given as SampleAnswers[]),
			),
			// One run of many submissions: the account keeps what is sent to it.
			{ numRuns: 1, endOnFailure: true },
		);
	});
});

describe('what a form has lost', () => {
	it('keeps its answer, under a name that shifts no other', async () => {
		const older: Form = buildForm('older1', 'Older', [
			{ type: 'INPUT_TEXT', title: 'Name' },
			{ type: 'INPUT_TEXT', title: 'Name' },
		]);
		tally.addForm(older);
		const [gone, kept] = older.questions;
		if (!gone || !kept) throw new Error('no questions');
		await tally.submit({ [gone.id]: 'old', [kept.id]: 'new' }, older.id);
		await tally.submit({ [kept.id]: 'alone' }, older.id);
		older.questions = [kept];
		older.deletedQuestions = [gone];
		const answers = (items: Array<Record<string, unknown>>) => items.map((item) => item.answers);
		expect(answers(await itemsOf(tally, getAll({ formId: byId(older.id) })))).toEqual([
			{ Name: 'alone' },
			{ Name: 'new', 'Name (2)': 'old' },
		]);
		expect(
			answers(await itemsOf(tally, getAll({ formId: byId(older.id), options: { includeUnanswered: true } }))),
		).toEqual([{ Name: 'alone' }, { Name: 'new', 'Name (2)': 'old' }]);
	});
});

describe('Submission: Get Many', () => {
	it('gives completed ones unless told otherwise', async () => {
		const { submissionId: partial } = tally.begin({ Phone: '+1' });
		const { submissionId: completed } = await tally.submit({});
		expect(idsOf(await itemsOf(tally, getAll()))).toEqual([completed]);
		expect(idsOf(await itemsOf(tally, getAll({ filters: { status: 'partial' } })))).toEqual([partial]);
		const all = await itemsOf(tally, getAll({ filters: { status: 'all' } }));
		expect(idsOf(all)).toEqual([completed, partial]);
		expect(all[1]).toMatchObject({ isCompleted: false, submittedAt: null, answers: { Phone: '+1' } });
	});

	it.each([0, 1, 499, 500, 501])('gives all of %i, page by page, and never more than the limit', async (count) => {
		for (let index = 0; index < count; index++) await tally.submit({});
		const all = await itemsOf(tally, getAll({ simplify: false }));
		expect(new Set(all.map(({ id }) => id)).size).toBe(count);
		expect(all).toHaveLength(count);
		const some = await itemsOf(tally, getAll({ returnAll: false, limit: 7 }));
		expect(some).toHaveLength(Math.min(count, 7));
		// Nothing is read twice: the form once, the first page once.
		const before = tally.requests().length;
		await itemsOf(tally, getAll({ returnAll: false, limit: 7 }));
		expect(tally.requests().length - before).toBe(count === 0 ? 1 : 2);
	});

	it('gives what came after a submission, or between two times', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 3; index++) ids.push((await tally.submit({})).submissionId);
		expect(idsOf(await itemsOf(tally, getAll({ filters: { afterId: ids[0] } })))).toEqual([ids[2], ids[1]]);
		expect(await itemsOf(tally, getAll({ filters: { from: '2999-01-01' } }))).toEqual([]);
		expect(idsOf(await itemsOf(tally, getAll({ filters: { from: '2020-01-01T00:00:00+02:00' } })))).toHaveLength(3);
		expect(tally.requests().at(-2)?.path).toContain('startDate=2019-12-31T22%3A00%3A00.000Z');
		expect(await itemsOf(tally, getAll({ filters: { to: '={{ DateTime.fromISO("2001-02-03") }}' } }))).toEqual([]);
	});

	it('gives what the editor is told', async () => {
		const { submissionId } = await tally.submit();
		for (const operation of ['get', 'getAll']) {
			const [item] = await itemsOf(tally, { ...getAll(), operation, submissionId });
			expect(Object.keys(item ?? {})).toEqual(describedKeys('submission', operation));
		}
	});

	it('leaves out the links of raw ones, too, unless they are asked for', async () => {
		await tally.submit();
		const [plain] = await itemsOf(tally, getAll({ simplify: false }));
		expect(plain).toMatchObject({ formId: tally.formId, responses: expect.any(Array) as unknown });
		expect(JSON.stringify(plain)).not.toMatch(/preview|pdf/);
		const [linked] = await itemsOf(tally, getAll({ simplify: false, options: { includeLinks: true } }));
		expect(linked).toHaveProperty('previewUrl');
	});
});

describe('bad input', () => {
	it.each<[string, object, string]>([
		['no form', { formId: byId('={{ "" }}') }, 'No form is chosen'],
		[
			'a form that is an address of something else',
			{ formId: byId('={{ "https://example.com/a b" }}') },
			'The value of "Form" is not a Tally form',
		],
		['a form that is gone', { formId: byId('nGone1') }, 'Tally has no form nGone1'],
		['no limit', { returnAll: false, limit: 0 }, '"Limit" is not a whole number from 1'],
		['a broken limit', { returnAll: false, limit: '={{ "many" }}' }, '"Limit" is not a whole number from 1'],
		['no date', { filters: { from: 'soon' } }, 'The value of "From" is not a valid date'],
		['an end before the beginning', { filters: { from: '2026-02-02', to: '2026-02-01' } }, '"From" is later than "To"'],
		['an odd ID', { filters: { afterId: 'https://tally.so/x' } }, 'The value of "After Submission" is an address'],
	])('is named: %s', async (_what, change, message) => {
		const { error } = await runTally(tally, getAll(change));
		expect(error?.message).toContain(message);
	});

	it.each([
		['', '"Submission" is empty'],
		['https://tally.so/forms/GxdRaQ/submissions', 'The value of "Submission" is an address'],
		['a b', 'The value of "Submission" is not an ID'],
		['nGone1', 'Tally has no submission nGone1'],
	])('is named: submission %j', async (submissionId, message) => {
		for (const operation of ['get', 'delete']) {
			const run = {
				resource: 'submission',
				operation,
				formId: form(),
				submissionId: `={{ ${JSON.stringify(submissionId)} }}`,
			};
			const { error } = await runTally(tally, run);
			expect(error?.message).toContain(message);
		}
	});

	it('spoils its own item only, and says which', async () => {
		const { submissionId } = await tally.submit({ Phone: '+1' });
		const items = ['nGone1', submissionId].map((id) => ({ json: { id } }));
		const run = { resource: 'submission', operation: 'get', formId: form(), submissionId: '={{ $json.id }}' };
		const branched = await runTally(tally, run, items, { onError: 'continueErrorOutput' });
		expect(branched.outputs.map((output) => output.map(({ json }) => json))).toEqual([
			[expect.objectContaining({ submissionId })],
			[
				{
					id: 'nGone1',
					error: 'Tally has no submission nGone1',
					details: expect.objectContaining({ status: '404' }) as unknown,
				},
			],
		]);
		const regular = await runTally(tally, run, items, { onError: 'continueRegularOutput' });
		expect(regular.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		const stopped = await runTally(tally, run, items);
		expect(stopped.error).toMatchObject({ context: { itemIndex: 0 } });
	});
});

describe('Submission: Delete', () => {
	it('removes one', async () => {
		const { submissionId } = await tally.submit();
		const run = { resource: 'submission', operation: 'delete', formId: form(), submissionId };
		expect(await itemsOf(tally, run)).toEqual([{ deleted: true, submissionId, formId: tally.formId }]);
		expect(await itemsOf(tally, getAll())).toEqual([]);
	});
});
