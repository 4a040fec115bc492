import { isRecord } from '../../shared/guards';

/** The field of an item in which this node says what became of it. */
export const OUTCOME = 'cleverTap';

const STATUSES: ReadonlySet<unknown> = new Set(['accepted', 'valid', 'skipped', 'refused', 'unknown']);
const SENT: ReadonlySet<unknown> = new Set(['profile', 'event', 'event and profile']);
const CHANGES: ReadonlySet<unknown> = new Set(['Unsubscribe', 'Resubscribe']);
const MEMBERS = new Set([
	...['status', 'sent', 'eventName', 'identity', 'objectId', 'FBID', 'GPID', 'reason', 'advice', 'code'],
	...['adjusted', 'records', 'deletionScheduled', 'demergeScheduled', 'takesEffect', 'change', 'channel', 'value'],
]);

type Fields = Readonly<Record<string, unknown>>;

/** Whether an object is what this node says of an item, and nothing else. */
export function isOutcome(value: unknown): value is Fields {
	if (!isRecord(value) || !STATUSES.has(value.status)) return false;
	return isMarked(value) && Object.keys(value).every((name) => MEMBERS.has(name));
}

/** A status alone may be anybody's. */
function isMarked({ status, sent, reason, records, deletionScheduled, demergeScheduled, change }: Fields): boolean {
	if (SENT.has(sent) || CHANGES.has(change) || deletionScheduled === true || demergeScheduled === true) return true;
	return Array.isArray(records) || (typeof reason === 'string' && status !== 'accepted');
}

/**
 * An item's fields without what this node has said in it.
 *
 *     {Plan: 'Team', cleverTap: {status: 'accepted', sent: 'profile', …}} → {Plan: 'Team'}
 */
export function withoutOwnOutcome(json: Fields): Fields {
	if (isOutcome(json)) return {};
	const isOwn = (name: string) => {
		if (name === OUTCOME) return isOutcome(json[name]);
		return (name === 'error' || name === 'details') && isFailure(json);
	};
	const own = Object.keys(json).filter(isOwn);
	return own.length === 0 ? json : Object.fromEntries(Object.entries(json).filter(([name]) => !own.includes(name)));
}

function isFailure({ error, details }: Fields): boolean {
	return typeof error === 'string' && isOutcome(details);
}
