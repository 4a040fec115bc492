import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks again and again until the answer is something, and returns it; `false` and `undefined` mean "not yet".
 * Throws when the time is over; an error thrown by `ask` ends the waiting at once.
 */
export async function until<T>(
	what: string,
	ask: () => Promise<T | false | undefined> | T | false | undefined,
	timeoutMs: number,
): Promise<T> {
	const end = Date.now() + timeoutMs;
	for (let pause = 20; ; pause = Math.min(pause * 1.5, 500)) {
		const answer = await ask();
		if (answer !== false && answer !== undefined) return answer;
		if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}.`);
		await wait(pause);
	}
}
