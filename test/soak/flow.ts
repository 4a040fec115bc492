import { randomUUID } from 'node:crypto';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import type { Report } from '../chaos/ledger';
import type { JobReport } from './jobs';

export type Step = WorkflowDraft['nodes'][number];

/** A node; what `rest` says lies outside its parameters. */
export function step(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	rest: Record<string, unknown> = {},
): Step {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters, ...rest };
}

/**
 * A workflow.
 *
 * @param links for each node and each of its outputs, who comes next
 */
export function flow(name: string, steps: readonly Step[], links: Record<string, string[][]>): WorkflowDraft {
	const connections: WorkflowDraft['connections'] = {};
	for (const [from, outputs] of Object.entries(links)) {
		connections[from] = { main: outputs.map((next) => next.map((node) => ({ node, type: 'main', index: 0 }))) };
	}
	return { name, nodes: steps, connections, settings: { executionOrder: 'v1' } };
}

/** Starts a workflow by a call of the test. */
export function called(path: string): Step {
	return step(
		'Called',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		{ webhookId: randomUUID() },
	);
}

/** Posts what an expression makes. */
export function send(
	name: string,
	url: string,
	body: string,
	parameters: Record<string, unknown> = {},
	rest: Record<string, unknown> = {},
): Step {
	return step(
		name,
		'n8n-nodes-base.httpRequest',
		4.2,
		{
			method: 'POST',
			url,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ JSON.stringify(${body}) }}`,
			options: {},
			...parameters,
		},
		rest,
	);
}

/** Says of a job how many items there are; `items` is an expression for all of them. */
export function count(name: string, url: string, status: JobReport['status'], items: string): Step {
	const body = `{ job: $('Called').first().json.body.job, status: '${status}', items: ${items}.length }`;
	return send(name, url, body, {}, { executeOnce: true });
}

/** What a workflow says of a submission: which step of it ended how. */
export function tell(name: string, url: string, submissionId: string, step: Report['step'], verdict: string): Step {
	return send(name, url, `{ step: '${step}', submissionId: ${submissionId}, ...${verdict} }`);
}
