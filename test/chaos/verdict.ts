import type { Unconfirmed } from './arguments';
import { isDoubledRightly, isExplained, isMissing, strays, type Facts, type Row } from './ledger';

/** Something that has to hold, and what speaks against it. */
export interface Check {
	readonly title: string;
	readonly wrong: readonly string[];
}

/** What has to hold of a ledger. */
export function judge(rows: readonly Row[], facts: Facts, unconfirmed: Unconfirmed): Check[] {
	const unexplained = rows.filter((row) => isMissing(row) && !isExplained(row, unconfirmed));
	return [
		{
			title: 'No event is lost: each is there, or its item says why not',
			wrong: unexplained.filter(({ events }) => events === 0).map(inWords),
		},
		{
			title: 'Nothing else is unexplained: each profile is there, or its item says why not',
			wrong: unexplained.filter(({ events }) => events > 0).map(inWords),
		},
		{
			title:
				unconfirmed === 'fail'
					? 'No event is there twice but where CleverTap’s answer was cut off'
					: 'No event is there twice',
			wrong: rows.filter((row) => !isDoubledRightly(row, unconfirmed)).map(inWords),
		},
		{
			title: 'No event is there that nobody sent',
			wrong: strays(facts).map(String),
		},
	];
}

/** One row, as a line. */
export function inWords({ submissionId, tally, attempts, profile, events, doublings, item, answer }: Row): string {
	const said = item
		? `${item.step} ${item.status}${item.reason ? `: ${item.reason}` : ''}`
		: `no item${answer ? `; Tally was answered "${answer}"` : ''}`;
	const times = doublings.length > 0 ? ` (${doublings.join(', ')})` : '';
	return `${submissionId}  ${tally} after ${attempts}  ${profile ? 'profile' : 'no profile'}  ${events} events${times}  ${said}`;
}

/** How many submissions ended in which way, most frequent first. */
export function tally(rows: readonly Row[], unconfirmed: Unconfirmed): Array<[kind: string, count: number]> {
	const counts = new Map<string, number>();
	for (const row of rows) {
		const kind = kindOf(row, unconfirmed);
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	return [...counts].sort(([, a], [, b]) => b - a);
}

function kindOf(row: Row, unconfirmed: Unconfirmed): string {
	if (isMissing(row)) {
		const what = row.events > 0 ? 'profile missing' : row.profile ? 'event missing' : 'both missing';
		return isExplained(row, unconfirmed) ? `${what}, the item says why` : `${what}, UNEXPLAINED`;
	}
	if (row.events === 1) return 'profile and one event';
	const reasons = [...new Set(row.doublings)].join(', ');
	return `profile and ${row.events} events, ${isDoubledRightly(row, unconfirmed) ? reasons : `WITHOUT NEED (${reasons})`}`;
}
