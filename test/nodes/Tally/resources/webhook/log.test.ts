import { readLog } from '../../../../../nodes/Tally/resources/webhook/log';
import { TallyClient } from '../../../../../nodes/Tally/transport/client';
import { nodeAsking } from '../../../../support/tallyOperation';

/** The client of a Tally whose log has these entries. */
function clientWith(events: unknown): TallyClient {
	return new TallyClient(nodeAsking({}, [{ events, hasMore: false }]).context);
}

it('leaves out what could not be asked for again, and what would lead elsewhere', async () => {
	const events = [{ id: 'd1' }, {}, { id: '../../users/me' }, { id: '..' }, { id: 7 }, { id: 'd2' }];
	expect((await readLog(clientWith(events), 'w1', {})).map(({ id }) => id)).toEqual(['d1', 'd2']);
});

it.each([undefined, null, 7, 'soon', { toString: 1, valueOf: 1 }])('reads an entry from %j', async (createdAt) => {
	const deliveries = await readLog(clientWith([{ id: 'd1', createdAt }]), 'w1', { from: '2026-02-09T10:00:00.000Z' });
	expect(deliveries).toHaveLength(1);
});
