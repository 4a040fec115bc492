/**
 * What a `Retry-After` header asks for, in milliseconds from `now`; `undefined` if it asks for nothing.
 * It holds seconds or a date (RFC 9110 §10.2.3).
 *
 *     '120' → 120000        'Mon, 09 Feb 2026 10:00:00 GMT' → milliseconds until then, at least 0
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
