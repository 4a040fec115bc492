/**
 * What the next upload gets instead of its answer: a status with its body and headers (nothing is
 * stored), `resetBefore` (the connection breaks, nothing is stored), `resetAfter` (everything is
 * stored, then the connection breaks), `timeout` (no answer ever, nothing is stored), `emptyBody`
 * and `notJson` (200, nothing is stored).
 */
export type Fault =
	| { status: number; body?: unknown; headers?: Record<string, string> }
	| 'resetBefore'
	| 'resetAfter'
	| 'timeout'
	| 'emptyBody'
	| 'notJson';
