import { createHash } from 'node:crypto';
import { ladder } from './ladder';

/** The order of a list; `shuffled` is the same at every request, so that its pages fit together. */
export type ListOrder = 'newestFirst' | 'oldestFirst' | 'shuffled';

/** How Tally behaves where its documentation leaves it open, or where it may come to behave otherwise. */
export interface Habits {
	/** How often a delivery that failed is tried again of Tally's own accord; 0 to 5, the whole ladder. */
	retries: number;
	/** What the log says of a failed delivery that is not tried again. */
	givenUpAs: 'DROPPED' | 'FAILED';
	/** Whether a delivery that succeeded is made again on request; else that is answered with 400. */
	repeatsSucceeded: boolean;
	orderOfSubmissions: ListOrder;
	/** Of the delivery log. */
	orderOfDeliveries: ListOrder;
	/** Whether a list that is to begin after a submission (`afterId`) has that one, too. */
	afterIdIsInclusive: boolean;
	/** Whether a submission that is not completed has a time of submission, too: that of its beginning. */
	partialsAreDated: boolean;
	/** How far Tally's clock is ahead of this machine's, in milliseconds; every time that it writes is so. */
	clockAheadMs: number;
}

export const usualHabits: Readonly<Habits> = {
	retries: ladder.length,
	givenUpAs: 'DROPPED',
	repeatsSucceeded: true,
	orderOfSubmissions: 'newestFirst',
	orderOfDeliveries: 'newestFirst',
	afterIdIsInclusive: false,
	partialsAreDated: false,
	clockAheadMs: 0,
};

/** A list that is kept oldest first → the same in another order. */
export function inOrder<T extends { id: string }>(oldestFirst: readonly T[], order: ListOrder): T[] {
	if (order === 'oldestFirst') return [...oldestFirst];
	if (order === 'newestFirst') return [...oldestFirst].reverse();
	const place = (id: string) => createHash('sha1').update(id).digest('hex');
	const placed = oldestFirst.map((item) => [place(item.id), item] as const);
	return placed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
