/**
 * What an upload gets instead of its answer: a status with its body and headers (nothing is
 * stored), `resetBefore` (the connection breaks, nothing is stored), `resetAfter` (everything is
 * stored, then the connection breaks), `timeout` (no answer ever, nothing is stored), `emptyBody`
 * and `notJson` (200, nothing is stored).
 */
export type Fault =
	| { status: number; body?: unknown; headers?: Record<string, string> }
	/** The right answer, of which the second half comes this many milliseconds late. */
	| { slowMs: number }
	/**
	 * One record is refused with 555, trouble of CleverTap's own; the others are stored. Records
	 * count from 1; past the last one, the count goes on with the first.
	 */
	| { refusedRecord: number }
	| 'resetBefore'
	| 'resetAfter'
	| 'timeout'
	| 'emptyBody'
	| 'notJson';
