import { retryAfterMs } from '../../../nodes/shared/retryAfter';

it.each([
	['5', 5_000],
	['0', 0],
	['-3', 0],
	['Mon, 09 Feb 2026 10:00:30 GMT', 30_000],
	['Mon, 09 Feb 2026 09:00:00 GMT', 0],
	['soon', undefined],
	['', undefined],
	[' ', undefined],
	[undefined, undefined],
	[['5'], undefined],
])('reads Retry-After: %j', (header, wait) => {
	expect(retryAfterMs(header, Date.parse('2026-02-09T10:00:00Z'))).toBe(wait);
});
