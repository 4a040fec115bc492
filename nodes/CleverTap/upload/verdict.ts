/** CleverTap took the record (or, in a dry run, would take it). */
export interface Accepted {
	readonly status: 'accepted';
}

/** The record was not sent, since an earlier attempt with the same Upload Once key settled it. */
export interface Skipped {
	readonly status: 'skipped';
	readonly reason: string;
}

/** The record is certainly not in CleverTap. */
export interface Refused {
	readonly status: 'refused';
	/** CleverTap's record code or the HTTP status; none where the record was never sent. */
	readonly code?: number;
	readonly reason: string;
	/** What to do next, in the words of the editor. */
	readonly advice: string;
}

/** Nobody can tell whether CleverTap took the record. */
export interface Unknown {
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

/** Tells a refusal from what a function gives when all is well. */
export function isRefused(result: object): result is Refused {
	return 'status' in result && result.status === 'refused' && 'reason' in result;
}

/** Whether the item goes to the error output. */
export function isFailed(verdict: Verdict): verdict is Failed {
	return verdict.status === 'refused' || verdict.status === 'unknown';
}
