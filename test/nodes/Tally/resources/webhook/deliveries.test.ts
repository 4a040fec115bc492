import {
	bySubmission,
	latestOf,
	readDeliveryEntry,
	readLoggedDelivery,
	timeOf,
} from '../../../../../nodes/Tally/resources/webhook/deliveries';
import { logged } from './logged';

const entry = {
	id: 'e1',
	webhookUrl: 'https://n8n.example.com/',
	deliveryStatus: 'FAILED',
	statusCode: 503,
	response: 'Bad Gateway',
	retry: 2,
	createdAt: '2026-02-09T10:00:00.000Z',
	payload: { data: { responseId: 's9', formId: 'GxdRaQ', fields: [{ value: 'Ada' }] } },
};

it('reads an entry, and keeps nothing of the answers in it', () => {
	const [read] = readDeliveryEntry(entry, 'w1');
	expect(read).toEqual({
		id: 'e1',
		webhookId: 'w1',
		submissionId: 's9',
		formId: 'GxdRaQ',
		status: 'FAILED',
		statusCode: 503,
		retry: 2,
		createdAt: entry.createdAt,
		updatedAt: entry.createdAt,
	});
	expect(readDeliveryEntry({ deliveryStatus: 'FAILED' }, 'w1')).toEqual([]);
	expect(readDeliveryEntry({ id: 'e2', payload: 'odd' }, 'w1')).toMatchObject([{ submissionId: null, status: '' }]);
});

it('reads whose answer it logs, and keeps nothing of the answer', () => {
	expect(readLoggedDelivery(entry, 'w1')).toEqual([
		{
			...readDeliveryEntry(entry, 'w1')[0],
			webhookUrl: 'https://n8n.example.com/',
			isAnswerEmpty: false,
			submittedAt: entry.createdAt,
		},
	]);
	expect(readLoggedDelivery({ response: '' }, 'w1')).toEqual([]);
	expect(readLoggedDelivery({ id: 'e2', payload: 'odd' }, 'w1')).toMatchObject([{ webhookUrl: null, submittedAt: '' }]);
});

it.each<[unknown, boolean]>([
	[null, true],
	[undefined, true],
	['', true],
	['\n', true],
	['n8n is starting up. Please wait', false],
	[{}, false],
])('an answer that is logged as %j is empty: %j', (response, isAnswerEmpty) => {
	expect(readLoggedDelivery({ id: 'e1', response }, 'w1')).toMatchObject([{ isAnswerEmpty }]);
});

it.each<[object, string]>([
	[{ createdAt: '2026-02-09T09:58:00Z', data: { createdAt: '2026-02-09T09:57:00Z' } }, '2026-02-09T09:57:00Z'],
	[{ createdAt: '2026-02-09T09:58:00Z', data: {} }, '2026-02-09T09:58:00Z'],
	[{ createdAt: '2026-02-09T09:58:00Z' }, '2026-02-09T09:58:00Z'],
	[{}, entry.createdAt],
])('a form with the body %j was sent at %s', (payload, submittedAt) => {
	expect(readLoggedDelivery({ ...entry, payload }, 'w1')).toMatchObject([{ submittedAt }]);
});

it('each submission at each webhook has entries of its own; what names none is one', () => {
	const deliveries = [
		logged('a', '', 1),
		logged('b', '', 1, { webhookId: 'w2' }),
		logged('c', '', 1, { submissionId: null }),
		logged('d', '', 1),
		logged('e', '', 1, { submissionId: null }),
	];
	const groups = [...bySubmission(deliveries).values()].map((group) => group.map(({ id }) => id));
	expect(groups).toEqual([['a', 'd'], ['b'], ['c'], ['e']]);
});

it('the latest is the last that changed; of those that changed at once the youngest', () => {
	const old = logged('a', '', 1, { updatedAt: '2026-02-09T11:00:00.000Z' });
	const young = logged('b', '', 30);
	const youngest = logged('c', '', 31, { updatedAt: old.updatedAt });
	for (const entries of [
		[old, young, youngest],
		[youngest, old, young],
		[young, youngest, old],
	]) {
		expect(latestOf(entries)?.id).toBe('c');
	}
	expect(latestOf([young, old])?.id).toBe('a');
	expect(latestOf([])).toBeUndefined();
});

it('what is no time was long ago', () => {
	expect(timeOf('2026-02-09T10:00:00.000Z')).toBe(Date.UTC(2026, 1, 9, 10));
	expect(timeOf('broken')).toBe(0);
});
