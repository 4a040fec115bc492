/**
 * What the work gives, or `undefined` once time is up: what is slow must end for whoever waits. The work itself goes
 * on; what becomes of it then is nobody's concern.
 *
 * @throws what the work throws while there is time
 */
export async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result | undefined> {
	const timeUp = AbortSignal.timeout(Math.max(0, Math.ceil(milliseconds)));
	let giveUp: (() => void) | undefined;
	const over = new Promise<undefined>((resolve) => {
		giveUp = () => resolve(undefined);
		timeUp.addEventListener('abort', giveUp, { once: true });
	});
	try {
		return await Promise.race([work, over]);
	} finally {
		if (giveUp !== undefined) timeUp.removeEventListener('abort', giveUp);
	}
}
