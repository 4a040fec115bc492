import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { quantile } from 'simple-statistics';

import type { Sandbox } from '../../test/e2e/sandbox';
import type { Case, Say, Scale } from '../case';
import { type Claim, claim, compare, type Findings, ratios, type Row, spreadOf } from '../figures';
import { type Load, load } from '../load';
import { code, type Engine, engines, onEachEngine, publish, publishTrigger, webhook } from '../n8n';
import { interleave } from '../rounds';
import { signed, submissionBody } from '../submissions';
import { inDigits } from '../table';

const name = 'delivery';
const CONNECTIONS = 10;

/** What people do in a Code node to see texts instead of ids. No look at the signature. */
const flatten = `
return $input.all().map(({ json: { body: { eventId, data } } }) => {
	const answers = {};
	for (const { key, label, value, options } of data.fields) {
		if (!options && key.split('_').length > 2) continue;
		const text = (id) => options.find((option) => option.id === id)?.text ?? id;
		answers[label] = options && Array.isArray(value) ? value.map(text) : value;
	}
	return { json: { eventId, submissionId: data.submissionId, respondentId: data.respondentId, formId: data.formId, answers } };
});`;
/** What n8n itself takes for a node that is not its own; see bench/children/nodes. */
const floor = { name: 'Plain Trigger', type: 'CUSTOM.plainTrigger', webhookId: randomUUID() };
const end = { name: 'End', type: 'n8n-nodes-base.noOp' };

/** Signed submissions from ten connections, each answered when its workflow has finished. */
export const delivery: Case = {
	name,
	title: 'Delivery of submissions',

	async run(scale, say) {
		const env = { N8N_CUSTOM_EXTENSIONS: join(__dirname, '..', 'children', 'nodes') };
		return await onEachEngine(
			async (sandbox, engine, sayHere) => await underLoad(sandbox, engine, scale, sayHere),
			say,
			env,
		);
	},
};

async function underLoad(sandbox: Sandbox, engine: Engine, scale: Scale, say: Say): Promise<Findings> {
	const { n8n, tally } = sandbox;
	const { url, signingSecret } = await publishTrigger(sandbox, end);
	await publish(sandbox, webhook('alone'), end);
	await publish(sandbox, webhook('flatten'), code('Flatten', flatten));
	await publish(sandbox, floor, end);

	const amount = { connections: CONNECTIONS, requests: scale.quick ? 50 : 200 };
	const each = (of: readonly Load[]) => of.map(({ took }) => took / amount.requests);
	const p99 = (of: readonly Load[]) => of.map(({ latencies }) => quantile(latencies, 0.99));
	const rows: Row[] = [];
	const claims: Claim[] = [];
	for (const kilobytes of [5, 60]) {
		const body = submissionBody(tally.formId, kilobytes * 1000);
		const headers = signed(body, signingSecret);
		const to = (address: string) => async () => await load(address, body, headers, amount);
		const loads = await interleave(
			{
				ours: to(url),
				alone: to(`${n8n.url}/webhook/alone`),
				flatten: to(`${n8n.url}/webhook/flatten`),
				floor: to(`${n8n.url}/webhook/${floor.webhookId}/webhook`),
			},
			scale,
			(done, of) => say(`${kilobytes} kB: round ${done} of ${of}`),
		);
		const titled = (what: string) => `${kilobytes} kB, ${engine.title}, ${what}`;
		for (const [against, theirs] of [
			['Webhook alone', loads.alone],
			['Webhook and Code that flattens, unsigned', loads.flatten],
			['a trigger that does nothing, of no package of n8n’s', loads.floor],
		] as const) {
			const line = (what: string, measure: (of: readonly Load[]) => number[]): Row =>
				compare({
					case: name,
					what: titled(what),
					unit: 'ms',
					ours: measure(loads.ours),
					against,
					theirs: measure(theirs),
				});
			rows.push(line('time per submission at full load', each), line('p99', p99));
		}
		const within = (what: string, measure: (of: readonly Load[]) => number[]): Claim => {
			const times = (theirs: readonly Load[]) =>
				inDigits(spreadOf(ratios(measure(theirs), measure(loads.alone))).median);
			const reason =
				engine === engines.asItIs
					? `As it is, n8n 2.41.1 makes an isolate for expressions at each delivery to a node that is not its own Webhook, needed or not. A trigger that does nothing takes ${times(loads.floor)} × Webhook alone, Webhook and Code ${times(loads.flatten)} ×.`
					: `A round has ${amount.requests} requests, so that two of them decide p99. A trigger that does nothing takes ${times(loads.floor)} × Webhook alone, Webhook and Code ${times(loads.flatten)} ×.`;
			return claim({
				case: name,
				title: `${titled(what)} within 5 % of Webhook alone, from ${CONNECTIONS} connections`,
				samples: ratios(measure(loads.ours), measure(loads.alone)),
				limit: 1.05,
				unit: '×',
				because: reason,
			});
		};
		claims.push(within('time per submission', each), within('p99', p99));
	}
	return { rows, claims };
}
