import type { ItemError } from '../../shared/itemError';
import type { Failure } from '../../shared/failedItem';

/** CleverTap took the record (or, in a dry run, would take it). */
export interface Accepted {
	readonly status: 'accepted';
}

/** Of an item with two records that did not both go well: which of them is stored. */
interface Partly {
	readonly sent?: 'profile' | 'event';
}

/** The record was not sent, since an earlier attempt with the same Upload Once key has stored it. */
export interface Skipped extends Partly {
	readonly status: 'skipped';
	readonly reason: string;
}

/** The record is certainly not in CleverTap. */
export interface Refused extends Partly {
	readonly status: 'refused';
	/** CleverTap's record code or the HTTP status; none where the record was never sent. */
	readonly code?: number;
	readonly reason: string;
	/** What to do next, in the words of the editor. */
	readonly advice: string;
}

/** The outcome is unknown: CleverTap may have taken the record. */
export interface Unknown extends Partly {
	readonly status: 'unknown';
	readonly code?: number;
	readonly reason: string;
	readonly advice: string;
}

export type Failed = Refused | Unknown;
export type Verdict = Accepted | Skipped | Failed;

export const ACCEPTED: Accepted = { status: 'accepted' };

export function skipped(reason: string): Skipped {
	return { status: 'skipped', reason };
}

export function refused(reason: string, advice: string, code?: number): Refused {
	return code === undefined ? { status: 'refused', reason, advice } : { status: 'refused', code, reason, advice };
}

export function unknown(reason: string, advice: string, code?: number): Unknown {
	return code === undefined ? { status: 'unknown', reason, advice } : { status: 'unknown', code, reason, advice };
}

/** Whether the item goes to the error output. */
export function isFailed(verdict: Verdict): verdict is Failed {
	return verdict.status === 'refused' || verdict.status === 'unknown';
}

/** What was thrown for an item, as its verdict. */
export function verdictOf({ message, advice, code, isUncertain }: ItemError): Failed {
	return isUncertain ? unknown(message, advice, code) : refused(message, advice, code);
}

/**
 * What an item that failed shows.
 *
 *     new ItemError('Invalid event', 'Choose another one.', 4001)
 *     → {error: '4001: Invalid event', details: {status: 'refused', code: 4001, reason: 'Invalid event', advice: …}}
 */
export function failureOf(error: ItemError): Failure {
	const verdict = verdictOf(error);
	return { error: sentence(verdict), details: { ...verdict } };
}

/** CleverTap's code and words, as one line. */
export function sentence({ code, reason }: Failed): string {
	return code === undefined ? reason : `${code}: ${reason}`;
}
