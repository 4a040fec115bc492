import { setTimeout as wait } from 'node:timers/promises';
import type { N8n } from '../../sandbox/n8n';
import type { LocalCleverTap } from '../../sandbox/clevertap/clevertap';
import type { LocalProxy } from '../../sandbox/proxy';
import type { LocalTally } from '../../sandbox/tally/tally';
import { until } from '../../sandbox/until';
import type { Collector } from './collector';
import { isWithoutN8n, named, type PlannedIncident } from './incidents';
import { drawLedger, type Facts, hasOutcome, type Promised } from './ledger';
import type { Plan } from './plan';

/** How often n8n is started after a kill, as whatever keeps a service running would. */
const STARTS = 5;
/** How long n8n may take to make its webhook at Tally right. */
const REPAIR_MS = 120_000;
/** The whole calm after the storm. */
const CALM_MS = 30 * 60_000;

export interface Weather {
	/** Sent so far, growing. */
	submissions: Array<{ submissionId: string; respondentId: string }>;
	/** When n8n, or a part of it, was killed, in milliseconds since 1970. */
	kills: number[];
	/** Why starts of n8n were in vain, in a line each. */
	startsInVain: string[];
	/** The incidents that were, in a few words each. */
	incidents: string[];
	/** What n8n had not made right in time, in a few words each. */
	unmended: string[];
	/** How many of the planned outages have begun, and how many of them are over. */
	begun: number;
	ended: number;
	/** Nothing moved any more at the end. */
	cameToRest: boolean;
}

/** What a kill hits. */
export type Victim = Pick<N8n, 'kill' | 'start'>;

export const clearSky = (): Weather => ({
	submissions: [],
	kills: [],
	startsInVain: [],
	incidents: [],
	unmended: [],
	begun: 0,
	ended: 0,
	cameToRest: false,
});

/** The two services that n8n stands between, and where its runs are reported. */
export interface Services {
	readonly tally: LocalTally;
	readonly cleverTap: LocalCleverTap;
	readonly collector: Pick<Collector, 'begun' | 'reports'>;
}

/** Whatever can be hit. */
export interface World extends Services {
	/** Before n8n: Tally delivers to it. */
	readonly proxy: LocalProxy;
	/** The process of n8n that looks after the webhook at Tally. */
	readonly main: Victim;
	/** What the kill with this number, counted from 0, is to kill. */
	victim(number: number): Victim;
}

/** Sends the planned submissions while n8n is killed and started; ends when nothing moves any more. */
export async function raise(world: World, plan: Plan, weather: Weather, promised: Promised): Promise<void> {
	const { tally } = world;
	const failure = new AbortController();
	const stream = async (): Promise<void> => {
		for (const [number, gap] of plan.gaps.entries()) {
			await wait(gap, undefined, { signal: failure.signal });
			await until(
				`submission ${number} may be sent`,
				() => failure.signal.aborted || mayBeSent(number, plan, weather),
				3_600_000,
			);
			weather.submissions.push(await tally.submit());
		}
	};
	const outages = async (): Promise<void> => {
		let kills = 0;
		for (const { after, thenMs, what } of plan.outages) {
			await until(
				`${after} submissions are sent`,
				() => weather.submissions.length >= after || weather.submissions.length === plan.gaps.length,
				3_600_000,
			);
			await wait(thenMs);
			const begin = (): void => void (weather.begun += 1);
			if (what === 'kill') await killed(world.victim(kills++), weather, begin);
			else await meet(what, world, weather, begin);
			weather.ended += 1;
		}
	};
	try {
		await Promise.all([stream(), outages()]);
	} catch (error) {
		failure.abort();
		throw error;
	}
	weather.cameToRest = await rest(world, weather, promised);
}

/**
 * Whether it is time for the submission with this number, counted from 0: half of those between two
 * outages come while the first of them lasts, the others when it is over. So a slow machine has the
 * same storm as a quick one.
 */
export function mayBeSent(
	number: number,
	{ outages, gaps }: Pick<Plan, 'outages' | 'gaps'>,
	{ begun, ended }: Pick<Weather, 'begun' | 'ended'>,
): boolean {
	const due = outages.filter(({ after }) => after <= number).length;
	const from = outages[due - 1]?.after ?? 0;
	const to = outages[due]?.after ?? gaps.length;
	return number < (from + to) / 2 ? begun >= due : ended >= due;
}

/** @param meanwhile what is done before it is started again */
async function killed(victim: Victim, weather: Weather, meanwhile: () => void): Promise<void> {
	weather.kills.push(Date.now());
	await victim.kill();
	meanwhile();
	weather.startsInVain.push(...(await startAgain(victim)));
}

/**
 * n8n 2.41.1 gives up its first start after a kill if an execution had been taken in but not begun:
 * its recovery stumbles over the missing time ("reading 'getTime'"). The next start goes well.
 *
 * @returns why starts were in vain
 */
async function startAgain(victim: Victim): Promise<string[]> {
	for (const vain: string[] = []; ;) {
		try {
			await victim.start();
			return vain;
		} catch (error) {
			if (vain.length + 1 === STARTS) throw error;
			const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
			vain.push(why);
			// One that took too long may still be ending.
			await victim.kill();
		}
	}
}

/** Lets one incident happen, from its beginning to its end. */
async function meet(incident: PlannedIncident, world: World, weather: Weather, hasBegun: () => void): Promise<void> {
	const { tally, proxy, main } = world;
	/** Lets it begin: while n8n is gone, where it is so planned. */
	const begin = async (act: () => void): Promise<void> => {
		const both = (): void => {
			act();
			hasBegun();
		};
		if (isWithoutN8n(incident)) await killed(main, weather, both);
		else both();
	};
	weather.incidents.push(named(incident));
	switch (incident.kind) {
		case 'webhookRemoved':
		case 'webhookOff':
			await webhookIsRight(tally, weather, named(incident));
			return await begin(() => {
				for (const { id } of [...tally.webhooks()]) {
					if (incident.kind === 'webhookRemoved') tally.removeWebhook(id);
					else tally.switchWebhook(id, false);
				}
			});
		case 'tallyDown': {
			let end: () => Promise<void> = () => Promise.resolve();
			try {
				await begin(() => (end = tally.incident({ api: incident.api })));
				await wait(incident.lastsMs);
			} finally {
				await end();
			}
			return;
		}
		case 'proxyAnswers':
			await begin(() => proxy.answerWith(incident.answer));
			await wait(incident.lastsMs);
			return await proxy.passOn();
	}
}

/** Waits until n8n has a webhook at Tally that is on; notes it where that takes too long. */
async function webhookIsRight(tally: LocalTally, weather: Weather, before: string): Promise<void> {
	// A trigger that did not mend it once is not waited for again.
	if (weather.unmended.length > 0) return;
	const isRight = () => tally.webhooks().some(({ isEnabled }) => isEnabled);
	try {
		await until('n8n has a webhook at Tally that is on', isRight, REPAIR_MS);
	} catch {
		weather.unmended.push(`No webhook was there and on ${REPAIR_MS / 1000} s after what had been before: ${before}`);
	}
}

/** What tells whether it is all over. */
export interface Stillness {
	/** Each submission has all that it is to have, or its item says why not. */
	readonly haveOutcome: boolean;
	/** Tally delivers something, or waits to deliver it again. */
	readonly isDelivering: boolean;
	/** A run has not said how it ended, and nothing was killed since it began. */
	readonly isRunning: boolean;
	/** Since something last happened, in milliseconds. */
	readonly unmovedMs: number;
}

/**
 * The trigger may bring a submission once more half a minute after Tally's last attempt: that would
 * show by then. Where something is missing, it gets the longest that may lie between two attempts; so
 * does a run that has not ended, which CleverTap may keep waiting for a minute.
 */
export function isOver({ haveOutcome, isDelivering, isRunning, unmovedMs }: Stillness): boolean {
	return !isDelivering && unmovedMs >= (haveOutcome && !isRunning ? 45_000 : 150_000);
}

/** Waits until nothing moves any more; false if it never came to rest. */
async function rest(world: World, weather: Weather, promised: Promised): Promise<boolean> {
	let moved = Date.now();
	let before = '';
	let haveOutcome = false;
	let isRunning = false;
	const isStill = (): boolean => {
		const facts = factsOf(world, weather);
		const { uploads, begun, reports, deliveries } = facts;
		const attempts = deliveries.map(({ attempts: made, status }) => `${made} ${status}`);
		const now = JSON.stringify([uploads.length, begun.length, reports.length, attempts]);
		if (now !== before) {
			before = now;
			moved = Date.now();
			haveOutcome = drawLedger(facts).every((row) => hasOutcome(row, promised));
			const ended = new Set(reports.map(({ run, submissionId }) => `${run} ${submissionId}`));
			const lastKill = Math.max(0, ...facts.kills);
			isRunning = begun.some(({ at, run, submissionId }) => at > lastKill && !ended.has(`${run} ${submissionId}`));
		}
		const isDelivering = !world.tally.isSettled();
		return isOver({ haveOutcome, isDelivering, isRunning, unmovedMs: Date.now() - moved });
	};
	try {
		return await until('nothing moves any more', isStill, CALM_MS);
	} catch {
		return false;
	}
}

/** What the ledger is drawn from, as it is now. */
export function factsOf({ tally, cleverTap, collector }: Services, { submissions, kills }: Weather): Facts {
	return {
		submissions,
		kills,
		begun: collector.begun(),
		reports: collector.reports(),
		uploads: cleverTap.uploads(),
		deliveries: tally.deliveries().map(({ payload, retry, deliveryStatus, statusCode, response }) => ({
			submissionId: payload.data.submissionId,
			attempts: retry + 1,
			status: deliveryStatus,
			statusCode,
			// On one line, whatever page it is.
			answer: (response ?? '').replace(/\s+/g, ' ').slice(0, 100),
		})),
	};
}
