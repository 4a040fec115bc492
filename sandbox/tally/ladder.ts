const minute = 60_000;
const hour = 60 * minute;

/**
 * Waits before the five retries, in milliseconds: 5 min, 30 min, 1 h, 6 h, 1 day ("Tally help,
 * webhooks").
 */
export const ladder: readonly number[] = [5 * minute, 30 * minute, hour, 6 * hour, 24 * hour];

/**
 * The wait before the next automatic retry, or undefined when the ladder is at its end.
 *
 * @param climbed how many automatic retries were made already
 * @param timeScale real milliseconds per millisecond of the ladder
 */
export function nextWait(climbed: number, timeScale: number): number | undefined {
	const wait = ladder[climbed];
	return wait === undefined ? undefined : wait * timeScale;
}
