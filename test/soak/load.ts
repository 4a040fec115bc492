import { setTimeout as wait } from 'node:timers/promises';
import { listAt } from '../../sandbox/n8n-json';
import { until } from '../../sandbox/until';
import { doDeed, type Done } from './deeds';
import type { Memory } from './memory';
import type { SoakPlan } from './plan';
import { reached } from './reach';
import type { Sides } from './side';

/** Both n8n are measured after so many steps: each pause lasts until the slowest workflow has ended. */
const MEASURED_EVERY = 60;
/** A workflow may wait for CleverTap for a minute, several times; a busy machine adds to it. */
const QUIET_MS = 300_000;

/** The memory of both n8n while nothing ran in them. */
export interface Sample {
	/** Milliseconds from the start of the load. */
	readonly at: number;
	/** Sent to each of both by then. */
	readonly submissions: number;
	readonly ours: Memory;
	readonly plain: Memory;
}

/**
 * Does all that is planned to both n8n, and measures them before, in between and after.
 *
 * @param onSample told each sample as it is taken
 */
export async function soak(
	sides: Sides,
	plan: SoakPlan,
	done: Done,
	onSample: (sample: Sample) => void,
): Promise<void> {
	const start = Date.now();
	let underWay: Array<Promise<void>> = [];
	const sample = async (): Promise<void> => {
		await Promise.all(underWay);
		underWay = [];
		await quiet(sides);
		const [ours, plain] = await Promise.all([sides.ours.measure(), sides.plain.measure()]);
		onSample({ at: Date.now() - start, submissions: done.submissions.length, ours, plain });
	};
	await sample();
	for (const [index, { gapMs, deed }] of plan.steps.entries()) {
		await wait(gapMs);
		const doing = doDeed(sides, deed, done);
		// What fails is thrown where it is waited for.
		doing.catch(() => undefined);
		underWay.push(doing);
		if ((index + 1) % MEASURED_EVERY === 0 || index + 1 === plan.steps.length) await sample();
	}
}

/** Waits until Tally has nothing left to send and nothing runs in either n8n: what runs would count as memory kept. */
async function quiet({ tally, ours, plain }: Sides): Promise<void> {
	await tally.settled();
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	for (const { name, n8n } of [ours, plain]) {
		const isQuiet = async (): Promise<boolean> => {
			const running = await reached(
				async () => await n8n.client.call('GET', `/rest/executions?filter=${filter}&limit=1`),
			);
			return listAt(running, ['results']).length === 0;
		};
		await until(`nothing runs in n8n (${name}); send less with --pace`, isQuiet, QUIET_MS);
	}
}
