import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../sandbox/until';
import type { Sandbox } from '../e2e/sandbox';
import type { Facts } from './ledger';
import type { Plan } from './plan';

/** How often Tally is asked to deliver again what it has given up. */
const REDELIVERIES = 5;

export interface Weather {
	/** Sent so far, growing. */
	submissions: Array<{ submissionId: string; respondentId: string }>;
	/** When n8n was killed, in milliseconds since 1970. */
	kills: number[];
	/** Deliveries that Tally had given up and was asked to make again, as an administrator would. */
	redelivered: number;
}

/** Sends the planned submissions while n8n is killed and started; ends when nothing moves any more. */
export async function raise(sandbox: Sandbox, plan: Plan, weather: Weather): Promise<void> {
	const failure = new AbortController();
	const stream = async (): Promise<void> => {
		for (const gap of plan.gaps) {
			await wait(gap, undefined, { signal: failure.signal });
			weather.submissions.push(await sandbox.tally.submit());
		}
	};
	const outages = async (): Promise<void> => {
		for (const { after, thenMs } of plan.kills) {
			await until(
				`${after} submissions are sent`,
				() => weather.submissions.length >= after || weather.submissions.length === plan.gaps.length,
				3_600_000,
			);
			await wait(thenMs);
			weather.kills.push(Date.now());
			await sandbox.n8n.kill();
			await sandbox.n8n.start();
		}
	};
	try {
		await Promise.all([stream(), outages()]);
	} catch (error) {
		failure.abort();
		throw error;
	}
	await sandbox.tally.settled();
	for (let round = 0; round < REDELIVERIES; round++) {
		const dropped = sandbox.tally.deliveries().filter(({ deliveryStatus }) => deliveryStatus === 'DROPPED');
		weather.redelivered += dropped.length;
		for (const { webhookId, id } of dropped) {
			const response = await fetch(`${sandbox.tally.url}/webhooks/${webhookId}/events/${id}`, {
				method: 'POST',
				headers: { authorization: `Bearer ${sandbox.tally.apiKey}` },
			});
			if (!response.ok) throw new Error(`Tally answered ${response.status} to a redelivery`);
		}
		await sandbox.tally.settled();
	}
}

/** What the ledger is drawn from, as it is now. */
export function factsOf(sandbox: Sandbox, { submissions, kills }: Weather, reports: Facts['reports']): Facts {
	return {
		submissions,
		kills,
		reports,
		uploads: sandbox.cleverTap.uploads(),
		deliveries: sandbox.tally.deliveries().map(({ payload, retry, deliveryStatus, statusCode }) => ({
			submissionId: payload.data.submissionId,
			attempts: retry + 1,
			status: deliveryStatus,
			answered: statusCode !== null,
		})),
	};
}
