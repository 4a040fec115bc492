import { randomUUID } from 'node:crypto';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import type { ChaosArguments } from './arguments';

export const eventName = 'Feedback Given';

/** Minutes between two checks of the trigger: three seconds. */
const CHECK_EVERY = 0.05;

/** What the workflow needs of its surroundings. */
export interface Surroundings {
	packageName: string;
	formId: string;
	credentials: Readonly<Record<string, { id: string; name: string }>>;
	collectorUrl: string;
}

/**
 * Tally Trigger → CleverTap, with *Upload Once* by the submission's ID.
 * Each run is reported as it begins; its events carry its id. What CleverTap's nodes say of an item is reported, be it good or bad; a bad one then fails the
 * workflow, so that Tally sends the submission again.
 */
export function chaosWorkflow(
	{
		unconfirmed,
		records,
		acknowledge,
		trigger,
		listen,
	}: Pick<ChaosArguments, 'unconfirmed' | 'records' | 'acknowledge' | 'trigger' | 'listen'>,
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
	const run = { id: '2', name: 'run', value: '={{ $execution.id }}', type: 'string' };
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
	const report = (name: string, step: 'begun' | 'profile' | 'event', more: string) =>
		node(name, 'n8n-nodes-base.httpRequest', 4.2, {
			parameters: {
				method: 'POST',
				url: collectorUrl,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ JSON.stringify({ step: '${step}', run: $execution.id, submissionId: $('Tally Trigger').item.json.submissionId, ${more} }) }}`,
				options: {},
			},
		});
	const verdict = "status: ($json.details ?? $json).status, reason: $json.error ?? $json.reason ?? ''";
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	const isApart = records === 'apart';

	return {
		name: `Chaos, ${unconfirmed}, ${records}`,
		nodes: [
			node('Tally Trigger', `${packageName}.tallyTrigger`, trigger, {
				webhookId: randomUUID(),
				credentials: { tallyAccountApi: credentials.tallyAccountApi },
				parameters: {
					formId: { __rl: true, mode: 'id', value: formId },
					...(trigger === 1.2 ? { listenBy: listen } : {}),
					options: { acknowledge, checkEvery: CHECK_EVERY },
				},
			}),
			// Only what a delivery brought has the id of one.
			report('Report Run', 'begun', 'isDelivered: Boolean($json.eventId)'),
			...(isApart
				? [
						cleverTap('Profile', { resource: 'profile', operation: 'upsert' }),
						report('Report Profile', 'profile', verdict),
					]
				: []),
			cleverTap('Event', {
				resource: 'event',
				operation: 'upload',
				eventName: { __rl: true, mode: 'name', value: eventName },
				properties: { assignments: [...submission.assignments, run] },
				...(isApart ? {} : { updateProfile: true, profileProperties: submission }),
				options: {
					uploadOnceKey: "={{ $('Tally Trigger').item.json.submissionId }}",
					unconfirmedEvents: unconfirmed,
				},
			}),
			report('Report', 'event', verdict),
			report('Report Failure', 'event', verdict),
			node('Fail', 'n8n-nodes-base.stopAndError', 1, {
				parameters: { errorMessage: 'CleverTap did not take the submission' },
			}),
		],
		connections: {
			'Tally Trigger': { main: [to('Report Run')] },
			'Report Run': { main: [to(isApart ? 'Profile' : 'Event')] },
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
