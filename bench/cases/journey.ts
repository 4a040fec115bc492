import { randomUUID } from 'node:crypto';

import { quantile } from 'simple-statistics';

import type { Sandbox } from '../../test/e2e/sandbox';
import { post } from '../bareLoop';
import type { Case, Say, Scale } from '../case';
import { compare, type Findings, type Row } from '../figures';
import { code, type Engine, httpRequest, onEachEngine, publish, publishUpload, webhook } from '../n8n';
import { interleave } from '../rounds';
import { signed, submissionBody } from '../submissions';
import { startUploads, type Uploads } from '../uploads';

const name = 'journey';

/** A CleverTap that says when it sees a submission. */
interface Watch extends Uploads {
	seen(submissionId: string): Promise<number>;
}

async function startWatch(): Promise<Watch> {
	const waiting = new Map<string, (at: number) => void>();
	const uploads = await startUploads((body, answer) => {
		for (const [id, tell] of waiting) {
			if (!body.includes(id)) continue;
			tell(performance.now());
			waiting.delete(id);
		}
		answer();
	});
	return { ...uploads, seen: async (id) => await new Promise((resolve) => waiting.set(id, resolve)) };
}

const byHand = `
const { data } = $input.first().json.body;
const properties = {};
for (const { label, value } of data.fields) if (typeof value !== 'object' && typeof value !== 'boolean') properties[label] = String(value).slice(0, 512);
return [{ json: { d: [{ identity: data.respondentId, type: 'event', evtName: 'Feedback Given', evtData: { submissionId: data.submissionId, ...properties } }] } }];`;

/** One submission at a time: from the moment it is sent until CleverTap sees it. */
export const journey: Case = {
	name,
	title: 'One submission, sent to seen in CleverTap',

	async run(scale, say) {
		const watch = await startWatch();
		try {
			return await onEachEngine(
				async (sandbox, engine, sayHere) => await oneByOne(sandbox, watch, engine, scale, sayHere),
				say,
			);
		} finally {
			await watch.close();
		}
	},
};

async function oneByOne(sandbox: Sandbox, watch: Watch, engine: Engine, scale: Scale, say: Say): Promise<Findings> {
	const { n8n, tally } = sandbox;
	const { url, signingSecret } = await publishUpload(sandbox, watch.origin);
	await publish(sandbox, webhook('by-hand'), code('Event', byHand), httpRequest(watch.origin, '={{ $json }}'));

	/** One round: some submissions, one after the other. */
	const perRound = scale.quick ? 5 : 20;
	const send = (address: string) => async () => {
		const took: number[] = [];
		for (let number = 0; number < perRound; number++) {
			const submissionId = randomUUID();
			const body = submissionBody(tally.formId, 5_000, submissionId);
			const seen = watch.seen(submissionId);
			const start = performance.now();
			const { status } = await post(address, body, signed(body, signingSecret));
			if (status !== 200) throw new Error(`${address} answered ${status}`);
			took.push((await seen) - start);
		}
		return took;
	};
	const found = await interleave({ ours: send(url), byHand: send(`${n8n.url}/webhook/by-hand`) }, scale, (done, of) =>
		say(`round ${done} of ${of}`),
	);
	const line = (what: string, share: number): Row =>
		compare({
			case: name,
			what: `5 kB, ${engine.title}, ${what}`,
			unit: 'ms',
			ours: found.ours.map((took) => quantile(took, share)),
			against: 'Webhook, Code and HTTP Request, unsigned',
			theirs: found.byHand.map((took) => quantile(took, share)),
		});
	return { rows: [line('p50', 0.5), line('p99', 0.99)], claims: [] };
}
