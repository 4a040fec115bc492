import {
	endingOf,
	readDeliveryEntry,
	undelivered,
	type Delivery,
} from '../../../../../nodes/Tally/resources/webhook/deliveries';

/** A delivery whose state changed at a minute of the hour. */
function delivery(id: string, status: string, minute: number, more: Partial<Delivery> = {}): Delivery {
	const at = `2026-02-09T10:${String(minute).padStart(2, '0')}:00.000Z`;
	return {
		id,
		webhookId: 'w1',
		submissionId: 's1',
		formId: 'GxdRaQ',
		status,
		statusCode: null,
		retry: 0,
		createdAt: at,
		updatedAt: at,
		...more,
	};
}

const idsOf = (deliveries: Delivery[]) => undelivered(deliveries).map(({ id }) => id);

it.each(['FAILED', 'DROPPED'])('a submission that stands at %s has not arrived', (status) => {
	expect(idsOf([delivery('a', status, 1)])).toEqual(['a']);
});

it.each(['SUCCEEDED', 'QUEUED', '', 'PAUSED'])('one that stands at "%s" is left alone', (status) => {
	expect(idsOf([delivery('a', status, 1)])).toEqual([]);
	expect(idsOf([delivery('b', status, 2), delivery('a', 'FAILED', 1)])).toEqual([]);
	expect(idsOf([delivery('a', 'FAILED', 1), delivery('b', status, 2)])).toEqual([]);
});

it('the last to change tells, whatever the order of the log', () => {
	const first = delivery('a', 'DROPPED', 1, { updatedAt: '2026-02-09T11:00:00.000Z' });
	const second = delivery('b', 'SUCCEEDED', 30);
	expect(idsOf([first, second])).toEqual(['a']);
	expect(idsOf([second, first])).toEqual(['a']);
});

it('each webhook and each submission stands for itself; the oldest comes first', () => {
	expect(
		idsOf([
			delivery('d', 'FAILED', 9, { submissionId: 's2' }),
			delivery('c', 'SUCCEEDED', 5),
			delivery('b', 'DROPPED', 4, { webhookId: 'w2' }),
			delivery('a', 'FAILED', 3, { submissionId: null }),
			delivery('e', 'FAILED', 2, { submissionId: null, createdAt: 'broken', updatedAt: '' }),
		]),
	).toEqual(['e', 'a', 'b', 'd']);
});

it('reads an entry, and keeps nothing of the answers in it', () => {
	const entry = {
		id: 'e1',
		deliveryStatus: 'FAILED',
		statusCode: 503,
		retry: 2,
		createdAt: '2026-02-09T10:00:00.000Z',
		payload: { data: { responseId: 's9', formId: 'GxdRaQ', fields: [{ value: 'Ada' }] } },
	};
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

it.each<[string, Delivery | undefined, string]>([
	['is not in the log', undefined, 'pending'],
	['is on its way', delivery('a', 'QUEUED', 2), 'pending'],
	['has not changed', delivery('a', 'FAILED', 1), 'pending'],
	['has failed again', delivery('a', 'FAILED', 2), 'failed'],
	['has failed again within the same moment', delivery('a', 'FAILED', 1, { retry: 1 }), 'failed'],
	['has a new entry that failed', delivery('b', 'DROPPED', 2), 'failed'],
	['has a new entry that arrived', delivery('b', 'SUCCEEDED', 2), 'succeeded'],
	['has arrived', delivery('a', 'SUCCEEDED', 2), 'succeeded'],
])('what was asked for again and %s is %s', (_what, now, ending) => {
	expect(endingOf(delivery('a', 'FAILED', 1), now)).toBe(ending);
});
