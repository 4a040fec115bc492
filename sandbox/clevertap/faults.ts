/**
 * An answer that the service itself did not give its usual way; nothing is stored. `emptyBody` and
 * `notJson` come with 200, as does `tooManyInBody`: code 429 in an answer that is otherwise a success.
 */
export type FixedFault =
	{ status: number; body?: unknown; headers?: Record<string, string> } | 'emptyBody' | 'notJson' | 'tooManyInBody';

/**
 * What an upload meets: an answer in place of its own, `resetBefore` (the connection breaks, nothing
 * is stored), `resetAfter` (everything is stored, then the connection breaks), `timeout` (no answer
 * ever, nothing is stored).
 */
export type Fault =
	| FixedFault
	/** The right answer, of which the second half comes this many milliseconds late. */
	| { slowMs: number }
	/**
	 * One record is refused with 555, trouble of CleverTap's own; the others are stored. Records
	 * count from 1; past the last one, the count goes on with the first.
	 */
	| { refusedRecord: number }
	| 'resetBefore'
	| 'resetAfter'
	| 'timeout';

/** The same for a request that is no upload; `resetAfter`: it is done, then the connection breaks. */
export type ReadFault = FixedFault | 'resetBefore' | 'resetAfter' | 'timeout';

/** CleverTap's refusal of a request beside too many others; its body is the same with 429 and with 200. */
export const tooMany = { status: 'fail', error: 'Too many concurrent requests', code: 429 };

const fixed = {
	emptyBody: { status: 200, text: '', headers: {} },
	notJson: { status: 200, text: '<html>Service page</html>', headers: {} },
	tooManyInBody: { status: 200, text: JSON.stringify(tooMany), headers: {} },
};

/** The answer that a fault stands for, or undefined for one that is no answer. */
export function fixedAnswer(
	fault: Fault | undefined,
): { status: number; text: string; headers: Record<string, string> } | undefined {
	if (typeof fault === 'string') return fault in fixed ? fixed[fault as keyof typeof fixed] : undefined;
	if (fault === undefined || !('status' in fault)) return undefined;
	const { status, body = '', headers = {} } = fault;
	return { status, text: typeof body === 'string' ? body : JSON.stringify(body), headers };
}
