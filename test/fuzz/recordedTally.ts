import { startTally } from '../../sandbox/tally/tally';
import { until } from '../../sandbox/until';
import { call } from '../sandbox/tally/client';
import type { Recorded } from './replies';
import { callOf, ORIGIN } from './tallyNode';

/** Where the webhook that was recorded leads, and where its files lie. */
export const RECORDED_AT = 'https://n8n.example.com';

/** What Tally answers to each of its calls when all is well. */
export async function recordTally(): Promise<ReadonlyMap<string, Recorded>> {
	const tally = await startTally({ plan: 'PRO' });
	const recorded = new Map<string, Recorded>();
	const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => {
		const { status, text, json } = await call(tally, method, path, body);
		const name = callOf({ method, url: `${ORIGIN}${path}` });
		if (name === undefined || status >= 300) throw new Error(`${method} ${path} was answered with ${status}`);
		recorded.set(name, { status, text: text.replaceAll(tally.url, RECORDED_AT) });
		return json as { id: string; events: Array<{ id: string }> } & Array<{ id: string }>;
	};
	try {
		const form = `/forms/${tally.formId}`;
		const { id: webhookId } = await ask('POST', '/webhooks', {
			formId: tally.formId,
			url: `${tally.url}/nobody`,
			eventTypes: ['FORM_RESPONSE'],
			signingSecret: 'known',
		});
		const { submissionId } = await tally.submit();
		await tally.submit({});
		await until(
			'both deliveries have failed',
			() => {
				const failed = tally.deliveries().filter(({ deliveryStatus }) => deliveryStatus === 'FAILED');
				return failed.length === 2;
			},
			10_000,
		);
		await ask('GET', '/users/me');
		await ask('GET', '/forms');
		await ask('GET', form);
		await ask('GET', `${form}/questions`);
		await ask('GET', `${form}/blocks`);
		await ask('GET', `${form}/submissions?filter=all`);
		await ask('GET', `${form}/submissions/${submissionId}`);
		for (const figures of ['metrics', 'visits', 'submissions', 'dimensions', 'drop-off']) {
			await ask('GET', `${form}/analytics/${figures}?period=7d`);
		}
		await ask('GET', '/webhooks');
		const { events } = await ask('GET', `/webhooks/${webhookId}/events`);
		await ask('POST', `/webhooks/${webhookId}/events/${events[0]?.id}`);
		const { id: workspaceId } = await ask('POST', '/workspaces', { name: 'Shop' });
		await ask('GET', '/workspaces');
		await ask('GET', `/workspaces/${workspaceId}`);
		await ask('POST', `/workspaces/${workspaceId}/folders`, { name: 'Old' });
		await ask('GET', `/workspaces/${workspaceId}/folders`);
		await ask('GET', '/organizations/orgW8d3/users');
		await ask('POST', '/organizations/orgW8d3/invites', { emails: 'a@example.com', workspaceIds: [workspaceId] });
		await ask('GET', '/organizations/orgW8d3/invites');
		return recorded;
	} finally {
		await tally.close();
	}
}
