import { isOutcome, withoutOwnOutcome } from '../../../../nodes/CleverTap/result/ownOutcome';

const accepted = { status: 'accepted', sent: 'profile', identity: 'ada' };
const refused = { status: 'refused', code: 515, reason: 'No.', advice: 'Mend it.', identity: 'ada' };

it.each<[string, unknown, boolean]>([
	['what CleverTap took', accepted, true],
	['with what was changed', { ...accepted, sent: 'event and profile', eventName: 'Rated', adjusted: [] }, true],
	['what it checked', { status: 'valid', identity: 'ada', records: [] }, true],
	['what was there before', { status: 'skipped', reason: 'Uploaded before', objectId: 'x' }, true],
	['what it refused', refused, true],
	['a deletion', { status: 'accepted', deletionScheduled: true, takesEffect: 'later', identity: 'ada' }, true],
	['a demerge', { status: 'accepted', demergeScheduled: true, takesEffect: 'later', identity: 'ada' }, true],
	['a subscription', { status: 'accepted', change: 'Unsubscribe', channel: 'email', value: 'a@b.example' }, true],
	['somebody’s status', { status: 'accepted', identity: 'ada' }, false],
	['somebody’s word of what was sent', { status: 'accepted', sent: 'yesterday' }, false],
	['somebody’s reason', { status: 'accepted', reason: 'Good marks' }, false],
	['somebody’s change', { status: 'accepted', change: 'Upgrade' }, false],
	['another status', { ...accepted, status: 'shipped' }, false],
	['more than an outcome', { ...accepted, Plan: 'Team' }, false],
	['a text', 'accepted', false],
	['nothing', null, false],
	['a list', [accepted], false],
])('knows its own words: %s', (_, value, is) => {
	expect(isOutcome(value)).toBe(is);
});

it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
	['beside the fields', { Plan: 'Team', cleverTap: accepted }, { Plan: 'Team' }],
	['alone', accepted, {}],
	['of an item that failed', { Plan: 'Team', error: '515: No.', details: refused }, { Plan: 'Team' }],
	[
		'of an earlier and of this one',
		{ Plan: 'Team', error: 'x', details: refused, cleverTap: accepted },
		{ Plan: 'Team' },
	],
])('takes them out of an item: %s', (_, json, rest) => {
	expect(withoutOwnOutcome(json)).toEqual(rest);
});

it.each<[string, Record<string, unknown>]>([
	['a field of the same name', { cleverTap: 'our account' }],
	['an object of the same name', { cleverTap: { status: 'active' } }],
	['an error of another node', { error: 'No.', details: { status: 404 } }],
	['details without an error', { details: refused }],
])('leaves alone what is not its own: %s', (_, json) => {
	expect(withoutOwnOutcome(json)).toEqual(json);
});
