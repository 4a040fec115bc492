import { readDelivery } from '../../../../nodes/Tally/submission/delivery';
import { bodyWith, bytesOf, itemFrom } from '../deliveries';

const field = { key: 'question_a', label: 'Name', type: 'INPUT_TEXT', value: 'Ada' };

it('becomes the item of the design', () => {
	expect(itemFrom(bodyWith([field]))).toEqual({
		eventId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
		submissionId: 'Z9Z97Go',
		respondentId: 'aB3xYz',
		formId: 'GxdRaQ',
		formName: 'Feedback',
		submittedAt: '2026-02-09T10:00:00.000Z',
		isCompleted: true,
		answers: { Name: 'Ada' },
		hidden: {},
		calculated: {},
	});
});

it('is taken without an event type, as in a test that Tally sends', () => {
	const body = bodyWith([field], { responseId: '85e41402-b5b9-4a24-ac0e-344caa33f985' });
	delete body.eventType;
	expect(itemFrom(body)).toMatchObject({ submissionId: 'Z9Z97Go', answers: { Name: 'Ada' } });
});

it('has the id of the response where it has none of a submission, as in 2021', () => {
	const body = bodyWith([field], { submissionId: undefined, responseId: 'd9c4d2fc', formName: 'Survey\n' });
	expect(itemFrom(body)).toMatchObject({ submissionId: 'd9c4d2fc', formName: 'Survey' });
});

it('shows null for what is missing', () => {
	const data = { respondentId: 7, formName: null, createdAt: undefined };
	expect(itemFrom({ data: { ...(bodyWith([]).data as object), ...data } })).toMatchObject({
		eventId: null,
		respondentId: null,
		formName: null,
		submittedAt: null,
	});
});

it('has the time of the event where the submission has none', () => {
	expect(itemFrom(bodyWith([], { createdAt: '' }))).toMatchObject({ submittedAt: '2026-02-09T10:00:00.889Z' });
});

it('leaves out fields that are none', () => {
	expect(itemFrom(bodyWith([null, 'x', [field], field] as never))).toMatchObject({ answers: { Name: 'Ada' } });
});

describe('Links that open the submission', () => {
	const links = {
		submissionPreviewUrl: 'https://tally.so/preview?accessToken=a',
		submissionPdfUrl: 'https://tally.so/pdf?accessToken=b',
	};

	it.each([{}, { raw: true }])('are left out (%j)', (options) => {
		expect(JSON.stringify(itemFrom(bodyWith([field], links), options))).not.toContain('accessToken');
	});

	it('are there if they are asked for', () => {
		const item = itemFrom(bodyWith([field], links), { includeLinks: true, raw: true });
		expect(item).toMatchObject({
			previewUrl: links.submissionPreviewUrl,
			pdfUrl: links.submissionPdfUrl,
			raw: { data: links },
		});
	});

	it('are null if Tally sends none', () => {
		expect(itemFrom(bodyWith([field]), { includeLinks: true })).toMatchObject({ previewUrl: null, pdfUrl: null });
	});
});

it('is there whole as raw, and is not changed by reading', () => {
	const body = bodyWith([{ ...field, extra: 1 } as typeof field]);
	expect(itemFrom(body, { raw: true }).raw).toEqual(body);
});

it.each([
	['nothing', ''],
	['no JSON', '{"data":'],
	['a text', '"FORM_RESPONSE"'],
	['null', 'null'],
	['a list', '[]'],
	['no data', '{}'],
	['data of another kind', '{"data":[]}'],
	['no form', { data: { submissionId: 'a', fields: [] } }],
	['a form that is a number', { data: { formId: 1, submissionId: 'a', fields: [] } }],
	['no submission', { data: { formId: 'f', submissionId: '', fields: [] } }],
	['no fields', { data: { formId: 'f', submissionId: 'a' } }],
	['fields of another kind', { data: { formId: 'f', submissionId: 'a', fields: {} } }],
])('is not from Tally if it is %s', (_what, body) => {
	expect(readDelivery(bytesOf(body))).toEqual({ kind: 'notTally' });
});

it.each(['FORM_VIEW', 'form_response'])('is of a kind to ignore: %s', (eventType) => {
	expect(readDelivery(bytesOf({ eventType }))).toEqual({ kind: 'unknownEvent' });
});
