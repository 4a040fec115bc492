import { setTimeout as wait } from 'node:timers/promises';
import type { N8n } from '../../sandbox/n8n';
import type { LocalCleverTap } from '../../sandbox/clevertap/clevertap';
import type { LocalTally } from '../../sandbox/tally/tally';
import { until } from '../../sandbox/until';
import type { Facts } from './ledger';
import type { Plan } from './plan';

/** How often n8n is started after a kill, as whatever keeps a service running would. */
const STARTS = 5;
/** How often Tally is asked to deliver again what it has given up. */
const REDELIVERIES = 5;
/** How many of these at a time: n8n 2.41.1 starts whatever comes, and some hundred at once stifle it. */
const AT_ONCE = 10;

export interface Weather {
	/** Sent so far, growing. */
	submissions: Array<{ submissionId: string; respondentId: string }>;
	/** When n8n, or a part of it, was killed, in milliseconds since 1970. */
	kills: number[];
	/** Deliveries that Tally had given up and was asked to make again, as an administrator would. */
	redelivered: number;
	/** Starts of n8n that it ended itself. */
	startsInVain: number;
}

/** What a kill hits. */
export type Victim = Pick<N8n, 'kill' | 'start'>;

export const calm = (): Weather => ({ submissions: [], kills: [], redelivered: 0, startsInVain: 0 });

/** The two services that n8n stands between. */
export interface Services {
	readonly tally: LocalTally;
	readonly cleverTap: LocalCleverTap;
}

/**
 * Sends the planned submissions while n8n is killed and started; ends when nothing moves any more.
 *
 * @param victim what the kill with this number, counted from 0, is to kill
 */
export async function raise(
	{ tally }: Services,
	plan: Plan,
	weather: Weather,
	victim: (number: number) => Victim,
): Promise<void> {
	const failure = new AbortController();
	const stream = async (): Promise<void> => {
		for (const gap of plan.gaps) {
			await wait(gap, undefined, { signal: failure.signal });
			weather.submissions.push(await tally.submit());
		}
	};
	const outages = async (): Promise<void> => {
		for (const [number, { after, thenMs }] of plan.kills.entries()) {
			await until(
				`${after} submissions are sent`,
				() => weather.submissions.length >= after || weather.submissions.length === plan.gaps.length,
				3_600_000,
			);
			await wait(thenMs);
			weather.kills.push(Date.now());
			await victim(number).kill();
			weather.startsInVain += await startAgain(victim(number));
		}
	};
	try {
		await Promise.all([stream(), outages()]);
	} catch (error) {
		failure.abort();
		throw error;
	}
	await tally.settled();
	for (let round = 0; round < REDELIVERIES; round++) {
		const dropped = tally.deliveries().filter(({ deliveryStatus }) => deliveryStatus === 'DROPPED');
		weather.redelivered += dropped.length;
		for (const { webhookId, id } of dropped) {
			await until('n8n has worked some off', () => underWay(tally) < AT_ONCE, 3_600_000);
			const response = await fetch(`${tally.url}/webhooks/${webhookId}/events/${id}`, {
				method: 'POST',
				headers: { authorization: `Bearer ${tally.apiKey}` },
			});
			if (!response.ok) throw new Error(`Tally answered ${response.status} to a redelivery`);
		}
		await tally.settled();
	}
}

const underWay = (tally: LocalTally): number =>
	tally.deliveries().filter(({ deliveryStatus }) => deliveryStatus === 'QUEUED').length;

/**
 * n8n 2.41.1 gives up its first start after a kill if an execution had been taken in but not begun:
 * its recovery stumbles over the missing time ("reading 'getTime'"). The next start goes well.
 *
 * @returns how many starts were in vain
 */
async function startAgain(victim: Pick<Victim, 'start'>): Promise<number> {
	for (let vain = 0; ; vain++) {
		try {
			await victim.start();
			return vain;
		} catch (error) {
			if (vain + 1 === STARTS) throw error;
		}
	}
}

/** What the ledger is drawn from, as it is now. */
export function factsOf(
	{ tally, cleverTap }: Services,
	{ submissions, kills }: Weather,
	reports: Facts['reports'],
): Facts {
	return {
		submissions,
		kills,
		reports,
		uploads: cleverTap.uploads(),
		deliveries: tally.deliveries().map(({ payload, retry, deliveryStatus, statusCode, response }) => ({
			submissionId: payload.data.submissionId,
			attempts: retry + 1,
			status: deliveryStatus,
			answered: statusCode !== null,
			answer: (response ?? '').slice(0, 100),
		})),
	};
}
