import { randomUUID } from 'node:crypto';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import type { ChaosArguments } from './arguments';

export const eventName = 'Feedback Given';

/** What the workflow needs of its surroundings. */
export interface Surroundings {
	packageName: string;
	formId: string;
	credentials: Readonly<Record<string, { id: string; name: string }>>;
	collectorUrl: string;
}

/**
 * Tally Trigger → CleverTap, with *Upload Once* by the submission's ID.
 * What CleverTap's nodes say of an item is reported, be it good or bad; a bad one then fails the
 * workflow, so that Tally sends the submission again.
 */
export function chaosWorkflow(
	{ unconfirmed, records, acknowledge }: Pick<ChaosArguments, 'unconfirmed' | 'records' | 'acknowledge'>,
	{ packageName, formId, credentials, collectorUrl }: Surroundings,
): WorkflowDraft {
	const node = (name: string, type: string, typeVersion: number, rest: Record<string, unknown>) => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		...rest,
	});
	const submission = {
		assignments: [
			{
				id: '1',
				name: 'submission',
				value: "={{ $('Tally Trigger').item.json.submissionId }}",
				type: 'string',
			},
		],
	};
	const cleverTap = (name: string, parameters: Record<string, unknown>) =>
		node(name, `${packageName}.cleverTap`, 1, {
			onError: 'continueErrorOutput',
			credentials: { cleverTapAccountApi: credentials.cleverTapAccountApi },
			parameters: {
				identifyBy: 'identity',
				identifier: "={{ $('Tally Trigger').item.json.respondentId }}",
				propertiesMode: 'fields',
				properties: submission,
				options: {},
				...parameters,
			},
		});
	const report = (name: string, step: 'profile' | 'event') =>
		node(name, 'n8n-nodes-base.httpRequest', 4.2, {
			parameters: {
				method: 'POST',
				url: collectorUrl,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ JSON.stringify({ step: '${step}', submissionId: $('Tally Trigger').item.json.submissionId, status: ($json.details ?? $json).status, reason: $json.error ?? $json.reason ?? '' }) }}`,
				options: {},
			},
		});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	const isApart = records === 'apart';

	return {
		name: `Chaos, ${unconfirmed}, ${records}`,
		nodes: [
			node('Tally Trigger', `${packageName}.tallyTrigger`, 1.1, {
				webhookId: randomUUID(),
				credentials: { tallyAccountApi: credentials.tallyAccountApi },
				parameters: {
					formId: { __rl: true, mode: 'id', value: formId },
					options: { acknowledge },
				},
			}),
			...(isApart
				? [cleverTap('Profile', { resource: 'profile', operation: 'upsert' }), report('Report Profile', 'profile')]
				: []),
			cleverTap('Event', {
				resource: 'event',
				operation: 'upload',
				eventName: { __rl: true, mode: 'name', value: eventName },
				...(isApart ? {} : { updateProfile: true, profileProperties: submission }),
				options: {
					uploadOnceKey: "={{ $('Tally Trigger').item.json.submissionId }}",
					unconfirmedEvents: unconfirmed,
				},
			}),
			report('Report', 'event'),
			report('Report Failure', 'event'),
			node('Fail', 'n8n-nodes-base.stopAndError', 1, {
				parameters: { errorMessage: 'CleverTap did not take the submission' },
			}),
		],
		connections: {
			'Tally Trigger': { main: [to(isApart ? 'Profile' : 'Event')] },
			...(isApart
				? {
						Profile: { main: [to('Event'), to('Report Profile')] },
						'Report Profile': { main: [to('Fail')] },
					}
				: {}),
			Event: { main: [to('Report'), to('Report Failure')] },
			'Report Failure': { main: [to('Fail')] },
		},
		settings: { executionOrder: 'v1' },
	};
}
