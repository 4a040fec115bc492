import { randomUUID } from 'node:crypto';
import { freePort } from '../../sandbox/ports';
import { until } from '../../sandbox/until';
import type { Sandbox } from '../../test/e2e/sandbox';
import { inspectedAt, peakOf } from '../../sandbox/memory';
import { post } from '../bareLoop';
import type { Case } from '../case';
import { compare, MEBIBYTE, type Row } from '../figures';
import { type Engine, engines, inSandbox, publishUpload } from '../n8n';
import { interleave } from '../rounds';
import { signed, submissionBody } from '../submissions';
import { startUploads, type Uploads } from '../uploads';

const name = 'burst';
/** A machine without time may take long until the last of them is under way. */
const PATIENCE_MS = 300_000;

/** A CleverTap that answers nobody until it is told to. */
interface Slow extends Uploads {
	waiting(): number;
	answer(): void;
}

async function startSlow(): Promise<Slow> {
	const waiting: Array<() => void> = [];
	const uploads = await startUploads((_, answer) => waiting.push(answer));
	return {
		...uploads,
		waiting: () => waiting.length,
		answer: () => waiting.splice(0).forEach((answer) => answer()),
	};
}

/** What many submissions took that came at once. */
interface Burst {
	/** Bytes that n8n's main process had in memory at most. */
	readonly peak: number;
	/** Milliseconds until the upload of the last one had reached CleverTap. */
	readonly took: number;
}

/** Submissions that come at once, while CleverTap keeps all of them waiting; a fresh n8n each time. */
export const burst: Case = {
	name,
	title: 'A burst of submissions while CleverTap is slow',

	async run(scale, say) {
		const count = scale.quick ? 50 : 200;
		const found = await interleave(
			{
				asItIs: async () => await once(engines.asItIs, count),
				whereNeeded: async () => await once(engines.whereNeeded, count),
			},
			{ ...scale, warmUp: 0 },
			(done, of) => say(`round ${done} of ${of}`),
		);
		const line = (what: string, unit: string, measure: (bursts: readonly Burst[]) => number[]): Row =>
			compare({
				case: name,
				what: `${count} submissions at once, ${engines.whereNeeded.title}, ${what}`,
				unit,
				ours: measure(found.whereNeeded),
				against: engines.asItIs.title,
				theirs: measure(found.asItIs),
			});
		const rows = [
			line('peak memory of n8n', 'MiB', (bursts) => bursts.map(({ peak }) => peak / MEBIBYTE)),
			line('until CleverTap has all', 'ms', (bursts) => bursts.map(({ took }) => took)),
		];
		return { rows, claims: [] };
	},
};

async function once(engine: Engine, count: number): Promise<Burst> {
	const slow = await startSlow();
	const port = await freePort();
	const use = async (sandbox: Sandbox): Promise<Burst> => {
		const { url, signingSecret } = await publishUpload(sandbox, slow.origin);
		const start = performance.now();
		const answered = Promise.all(
			Array.from({ length: count }, async () => {
				const body = submissionBody(sandbox.tally.formId, 5_000, randomUUID());
				const { status } = await post(url, body, signed(body, signingSecret));
				if (status !== 200) throw new Error(`n8n answered ${status}`);
			}),
		);
		const arrived = until('every upload has reached CleverTap', () => slow.waiting() >= count, PATIENCE_MS);
		// An answer that comes before CleverTap's is an error, which ends the wait.
		await Promise.race([arrived, answered]);
		const took = performance.now() - start;
		const peak = await peakOf(port);
		slow.answer();
		await answered;
		return { peak, took };
	};
	try {
		return await inSandbox(use, { env: { ...engine.env, ...inspectedAt(port) } });
	} finally {
		await slow.close();
	}
}
