import type { Block } from '../../../sandbox/tally/form';
import { consentsAnswers, consentsForm } from '../../../sandbox/tally/sampleForm';
import { startTally, type LocalTally } from '../../../sandbox/tally/tally';
import { labelOf, textIn, textPayload } from '../../../sandbox/tally/texts';
import type { RestQuestion } from '../../../sandbox/tally/questions';
import type { RestSubmission } from '../../../sandbox/tally/submissions';
import type { WebhookField } from '../../../sandbox/tally/fields';
import { call } from './client';

describe('the texts of blocks', () => {
	it.each([
		['Speed', 'text', { text: 'Speed' }],
		['Q & <A>', 'html', { html: 'Q &amp; &lt;A&gt;' }],
		['Speed', 'safeHTMLSchema', { safeHTMLSchema: [['Speed']] }],
		['Our price', 'safeHTMLSchema', { safeHTMLSchema: [['Our '], ['price', [['tag', 'span']]]] }],
		['', 'safeHTMLSchema', { safeHTMLSchema: [['']] }],
	] as const)('%j as %s', (text, as, payload) => {
		expect(textPayload(text, as, 'text')).toEqual(payload);
	});

	it('are `html` for titles where plain texts are asked for', () => {
		expect(textPayload('Speed', 'text', 'html')).toEqual({ html: 'Speed' });
	});

	it.each([
		[{ safeHTMLSchema: [['Price', [['tag', 'span']]]] }, 'Price'],
		[{ safeHTMLSchema: [['Our '], ['price', [['font-weight', 'bold']]]] }, 'Our price'],
		[{ text: 'Speed', safeHTMLSchema: [['other']] }, 'Speed'],
		[{ title: 'Form', html: '<b>Form</b>' }, 'Form'],
		[{ safeHTMLSchema: [] }, ''],
		[{}, ''],
		[undefined, ''],
	])('are read from %j', (payload, text) => {
		expect(textIn(payload)).toBe(text);
	});
});

describe('a form as the editor makes it', () => {
	const form = consentsForm('cons01');
	const [terms, news, allergies, rated] = form.questions.map(({ id }) => id) as [string, string, string, string];
	let tally: LocalTally;

	beforeEach(async () => {
		tally = await startTally();
		tally.addForm(form);
	});

	afterEach(async () => {
		expect(tally.violations()).toEqual([]);
		await tally.close();
	});

	const get = async <T>(path: string): Promise<T> => {
		const { status, json } = await call(tally, 'GET', path);
		expect(status).toBe(200);
		return json as T;
	};

	it('has every text in runs, and in no other member', async () => {
		const { blocks } = await get<{ blocks: Block[] }>('/forms/cons01');
		const texts = blocks.filter(({ payload }) => payload.safeHTMLSchema !== undefined);
		expect(texts.map(({ type, payload }) => [type, textIn({ safeHTMLSchema: payload.safeHTMLSchema })])).toEqual([
			['FORM_TITLE', 'Consents'],
			['CHECKBOX', 'I agree to the terms'],
			['CHECKBOX', 'Send me news'],
			['TITLE', 'Allergies'],
			['CHECKBOX', 'Nuts'],
			['CHECKBOX', 'Milk'],
			['CHECKBOX', 'Other'],
			['TITLE', 'Rate us'],
			['MATRIX_COLUMN', 'Poor'],
			['MATRIX_COLUMN', 'Very good'],
			['MATRIX_ROW', 'Speed'],
			['MATRIX_ROW', 'Price of delivery'],
		]);
		expect(blocks.some(({ payload }) => 'text' in payload || 'html' in payload)).toBe(false);
	});

	it('has null for a text that is not there, and its matrix rows as fields', async () => {
		const { questions } = await get<{ questions: RestQuestion[] }>('/forms/cons01/questions');
		const { blocks } = await get<{ blocks: Block[] }>('/forms/cons01');
		expect(questions.map(({ title }) => title)).toEqual([null, null, 'Allergies', 'Rate us']);
		expect(questions[0]?.fields).toMatchObject([{ title: null }]);
		expect(questions[3]?.fields.map(({ title }) => title)).toEqual(['Rate us [Speed]', 'Rate us [Price of delivery]']);
		expect(questions[3]?.fields.map(({ blockGroupUuid }) => blockGroupUuid)).toEqual(
			blocks.filter(({ type }) => type === 'MATRIX_ROW').map(({ uuid }) => uuid),
		);
	});

	it('is delivered with labels for what has no text, and with what was written beside Other', async () => {
		const { json } = await call(tally, 'POST', '/webhooks', {
			formId: form.id,
			url: 'http://127.0.0.1:9/',
			eventTypes: ['FORM_RESPONSE'],
		});
		expect(json).toMatchObject({ isEnabled: true });
		await tally.submit(consentsAnswers(form), form.id);
		const { fields } = (tally.deliveries()[0]?.payload as { data: { fields: WebhookField[] } }).data;
		const other = fields
			.find(({ key }) => key === `question_${allergies}`)
			?.options?.find(({ text }) => text === 'Other');
		const nuts = fields
			.find(({ key }) => key === `question_${allergies}`)
			?.options?.find(({ text }) => text === 'Nuts');
		expect(
			fields
				.filter(({ type }) => type === 'CHECKBOXES')
				.map(({ key, label, value }) => [key.split('_')[1], label, value]),
		).toEqual([
			[terms, 'Untitled checkboxes field', [expect.any(String)]],
			[terms, 'Untitled checkboxes field (I agree to the terms)', true],
			[news, 'Untitled checkboxes field', [expect.any(String)]],
			[news, 'Untitled checkboxes field (Send me news)', true],
			[allergies, 'Allergies', [nuts?.id, other?.id]],
			[allergies, 'Allergies (Nuts)', true],
			[allergies, 'Allergies (Milk)', false],
			[allergies, 'Allergies (Other)', 'Shellfish'],
		]);
	});

	it('is answered in the REST API by texts, the rows of a matrix by their ids', async () => {
		const { submissionId } = await tally.submit(consentsAnswers(form), form.id);
		const { submission } = await get<{ submission: RestSubmission }>(`/forms/cons01/submissions/${submissionId}`);
		const rows = form.questions[3]?.type === 'MATRIX' ? form.questions[3].rows : [];
		expect(Object.fromEntries(submission.responses.map(({ questionId, answer }) => [questionId, answer]))).toEqual({
			[terms]: ['I agree to the terms'],
			[news]: ['Send me news'],
			[allergies]: ['Nuts', 'Shellfish'],
			[rated]: { [rows[0]?.id ?? '']: ['Very good'], [rows[1]?.id ?? '']: ['Poor'] },
		});
	});

	it('keeps its texts when its blocks are sent back as they came', async () => {
		const { blocks } = await get<{ blocks: Block[] }>('/forms/cons01');
		const copied = await call(tally, 'POST', '/forms', { status: 'DRAFT', blocks });
		expect(copied).toMatchObject({ status: 201, json: { name: 'Consents' } });
		const { id } = copied.json as { id: string };
		const { questions } = await get<{ questions: RestQuestion[] }>(`/forms/${id}/questions`);
		expect(questions.map(({ title }) => title)).toContain('Allergies');
	});
});

describe('a question without a text', () => {
	it.each([
		['CHECKBOXES', 'Untitled checkboxes field'],
		['INPUT_TEXT', 'Untitled short answer field'],
		['TEXTAREA', 'Untitled long answer field'],
		['FILE_UPLOAD', 'Untitled file upload field'],
	] as const)('of type %s is delivered as %s', (type, label) => {
		expect(labelOf({ type, title: '' })).toBe(label);
		expect(labelOf({ type, title: 'Terms' })).toBe('Terms');
	});
});

it.each([
	['safeHTMLSchema', [['Quality']]],
	['text', 'Quality'],
	['html', 'Quality'],
] as const)('lets the sample form have its texts as %s', async (textsAs, quality) => {
	const tally = await startTally({ textsAs });
	try {
		const { json } = await call(tally, 'GET', `/forms/${tally.formId}`);
		const { blocks } = json as { blocks: Block[] };
		const rows = blocks.filter(({ type }) => type === 'MATRIX_ROW');
		expect(rows[0]?.payload[textsAs]).toEqual(quality);
		expect(rows).toHaveLength(3);
		expect(tally.violations()).toEqual([]);
	} finally {
		await tally.close();
	}
});
