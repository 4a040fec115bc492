import { hasOutcome, isDoubledRightly, isExplained, isMissing, strays } from './ledger';
import type { Facts, Promised, Row } from './ledger';

/** Something that has to hold, and what speaks against it. */
export interface Check {
	readonly title: string;
	readonly wrong: readonly string[];
}

/** What has to hold of a ledger. */
export function judge(
	rows: readonly Row[],
	facts: Pick<Facts, 'submissions' | 'uploads'>,
	promised: Promised,
): Check[] {
	const unexplained = rows.filter((row) => !hasOutcome(row, promised));
	return [
		{
			title: 'No submission is lost: each was taken by the trigger',
			wrong: rows.filter(({ isTaken }) => !isTaken).map(inWords),
		},
		{
			title:
				promised.acknowledge === 'received'
					? 'No event is lost: each is there, its item says why not, or its run was cut off'
					: 'No event is lost: each is there, or its item says why not',
			wrong: unexplained.filter(({ events }) => events === 0).map(inWords),
		},
		{
			title: 'Nothing else is unexplained: each profile is there, or its item says why not',
			wrong: unexplained.filter(({ events }) => events > 0).map(inWords),
		},
		{
			title:
				promised.unconfirmed === 'fail'
					? 'No event is there twice but where CleverTap’s answer was cut off, or n8n was killed meanwhile'
					: 'No event is there twice',
			wrong: rows.filter((row) => !isDoubledRightly(row, promised)).map(inWords),
		},
		{
			title: 'No event is there that nobody sent',
			wrong: strays(facts).map(String),
		},
	];
}

/** One row, as a line. */
export function inWords(row: Row): string {
	const { submissionId, tally, attempts, runs, emitted, profile, events, doublings, item, answer } = row;
	const said = item
		? `${item.step} ${item.status}${item.reason ? `: ${item.reason}` : ''}`
		: `no item${answer ? `; Tally was answered "${answer}"` : ''}`;
	const times = doublings.length > 0 ? ` (${doublings.join(', ')})` : '';
	const ran = `${runs} runs${emitted > 0 ? `, ${emitted} not by a delivery` : ''}`;
	return `${submissionId}  ${tally} after ${attempts}  ${ran}  ${profile ? 'profile' : 'no profile'}  ${events} events${times}  ${said}`;
}

/** How many submissions ended in which way, most frequent first. */
export function tally(rows: readonly Row[], promised: Promised): Array<[kind: string, count: number]> {
	const counts = new Map<string, number>();
	for (const row of rows) {
		const kind = kindOf(row, promised);
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	return [...counts].sort(([, a], [, b]) => b - a);
}

function kindOf(row: Row, promised: Promised): string {
	if (isMissing(row)) {
		const what = row.events > 0 ? 'profile missing' : row.profile ? 'event missing' : 'both missing';
		if (!isExplained(row, promised)) return `${what}, UNEXPLAINED`;
		return row.item ? `${what}, the item says why` : `${what}, the run was cut off`;
	}
	if (row.events === 1) return 'profile and one event';
	const reasons = [...new Set(row.doublings)].join(', ');
	return `profile and ${row.events} events, ${isDoubledRightly(row, promised) ? reasons : `WITHOUT NEED (${reasons})`}`;
}
