import type { Line } from '../../../../nodes/Tally/transport/line';
import { readLog } from '../../../../nodes/Tally/webhooks/log';

/** A line on which the log has these entries. */
function lineWith(events: unknown): Line {
	return { ask: () => Promise.resolve({ status: 200, body: { events, hasMore: false } }) } as unknown as Line;
}

it('leaves out what could not be asked for again, and what would lead elsewhere', async () => {
	const events = [{ id: 'd1' }, {}, { id: '../../users/me' }, { id: '..' }, { id: 7 }, { id: 'd2' }];
	expect((await readLog(lineWith(events), 'w1')).map(({ id }) => id)).toEqual(['d1', 'd2']);
});

it.each([undefined, null, 7, 'soon', { toString: 1, valueOf: 1 }])('reads an entry from %j', async (createdAt) => {
	const deliveries = await readLog(lineWith([{ id: 'd1', createdAt }]), 'w1', '2026-02-09T10:00:00.000Z');
	expect(deliveries).toHaveLength(1);
});
