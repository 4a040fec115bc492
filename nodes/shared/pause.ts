import { sleep } from 'n8n-workflow';

const SLICE_MS = 500;

/** Waits, in slices, since n8n's own sleep can't be ended; ends early, and without an error, when it is cut off. */
export async function pause(milliseconds: number, end?: AbortSignal): Promise<void> {
	for (let left = milliseconds; left > 0 && end?.aborted !== true; left -= SLICE_MS) {
		await sleep(Math.min(left, SLICE_MS));
	}
}
