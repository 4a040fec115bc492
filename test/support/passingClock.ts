import { setImmediate, setTimeout as wait } from 'node:timers/promises';

interface Sleeper {
	readonly until: number;
	readonly wake: () => void;
}

/** Nothing stirs if nothing has for so long, in real milliseconds. */
const CALM_MS = 8;

/**
 * A clock that goes on as usual, and can be set forward: what reads the time and what sleeps by n8n's `sleep` then
 * believes that it has passed. Timers of Node.js do not: they are for what goes over a connection.
 */
export class PassingClock {
	private aheadMs = 0;

	private readonly sleepers = new Set<Sleeper>();

	/** Sets `Date.now` and `performance.now`, until jest restores its mocks. */
	start(): void {
		// A further home may start with a clock that goes already.
		if (jest.isMockFunction(Date.now)) return;
		const { now: ofDay } = Date;
		const ofProcess = performance.now.bind(performance);
		jest.spyOn(Date, 'now').mockImplementation(() => ofDay.call(Date) + this.aheadMs);
		jest.spyOn(performance, 'now').mockImplementation(() => ofProcess() + this.aheadMs);
	}

	/** In place of n8n's own: ends when the clock was set forward far enough. */
	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const sleeper: Sleeper = {
				until: performance.now() + milliseconds,
				wake: () => {
					this.sleepers.delete(sleeper);
					resolve();
				},
			};
			this.sleepers.add(sleeper);
		});
	}

	/** Sets it forward; who sleeps wakes when it is time, one after the other. */
	async pass(milliseconds: number): Promise<void> {
		const end = performance.now() + milliseconds;
		for (let next = this.next(end); next !== undefined; next = this.next(end)) await this.goTo(next);
		this.aheadMs += Math.max(0, end - performance.now());
		await setImmediate();
	}

	/**
	 * Waits for the work, and sets the clock forward to the next who sleeps whenever nothing else goes on.
	 *
	 * @param pulse changes as long as something goes on
	 */
	async passUntil(isDone: () => boolean, pulse: () => unknown): Promise<void> {
		for (let before: unknown; !isDone();) {
			await wait(CALM_MS);
			const now = pulse();
			const next = this.next(Infinity);
			if (now === before && next !== undefined && !isDone()) await this.goTo(next);
			before = pulse();
		}
	}

	private next(end: number): number | undefined {
		const times = [...this.sleepers].map(({ until }) => until).filter((until) => until <= end);
		return times.length === 0 ? undefined : Math.min(...times);
	}

	private async goTo(moment: number): Promise<void> {
		this.aheadMs += Math.max(0, moment - performance.now());
		for (const { until, wake } of [...this.sleepers]) if (until <= performance.now()) wake();
		await setImmediate();
	}
}
