import { randomUUID } from 'node:crypto';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { called, count, flow, step, tell } from './flow';
import type { Acknowledge } from './plan';
import { importedEvent, jobPaths, READ_LIMIT, submittedEvent, type Surroundings } from './surroundings';

const submissionId = "$('Tally Trigger').item.json.submissionId";
/** As the error output has it, or else the item that went well. */
const verdict = "{ status: ($json.details ?? $json).status, reason: $json.error ?? $json.reason ?? '' }";

/** The workflows with the package's nodes. */
export function ours(
	packageName: string,
	credentials: Readonly<Record<string, { id: string; name: string }>>,
	{ forms, reportsUrl, jobsUrl }: Surroundings,
): WorkflowDraft[] {
	const own = (name: string, type: string, credential: string, parameters: Record<string, unknown>, rest = {}) =>
		step(name, `${packageName}.${type}`, 1, parameters, {
			credentials: { [credential]: credentials[credential] },
			...rest,
		});
	const cleverTap = (name: string, parameters: Record<string, unknown>) =>
		own(
			name,
			'cleverTap',
			'cleverTapAccountApi',
			{ identifyBy: 'identity', options: {}, ...parameters },
			{ onError: 'continueErrorOutput' },
		);
	const form = (id: string) => ({ __rl: true, mode: 'id', value: id });
	const named = (name: string) => ({ __rl: true, mode: 'name', value: name });
	const respondent = "={{ $('Tally Trigger').item.json.respondentId }}";
	const everything = `={{ JSON.stringify({ ...$('Tally Trigger').item.json.answers, submission: ${submissionId} }) }}`;

	const trigger = (acknowledge: Acknowledge, options: Record<string, unknown>) =>
		own(
			'Tally Trigger',
			'tallyTrigger',
			'tallyAccountApi',
			{ formId: form(forms[acknowledge]), options: { acknowledge, ...options } },
			{ webhookId: randomUUID(), typeVersion: 1.1 },
		);
	const event = (parameters: Record<string, unknown>) =>
		cleverTap('Event', {
			resource: 'event',
			operation: 'upload',
			identifier: respondent,
			eventName: named(submittedEvent),
			propertiesMode: 'json',
			propertiesJson: everything,
			...parameters,
		});

	const received = flow(
		'Received',
		[
			trigger('received', { downloadFiles: true }),
			cleverTap('Profile', {
				resource: 'profile',
				operation: 'upsert',
				identifier: respondent,
				propertiesMode: 'json',
				propertiesJson: everything,
			}),
			event({}),
			tell('Report', reportsUrl, submissionId, 'event', verdict),
			tell('Report Profile', reportsUrl, submissionId, 'profile', verdict),
			tell('Report Failure', reportsUrl, submissionId, 'event', verdict),
		],
		{
			'Tally Trigger': [['Profile']],
			Profile: [['Event'], ['Report Profile']],
			Event: [['Report'], ['Report Failure']],
		},
	);
	const finished = flow(
		'Finished',
		[
			trigger('finished', {}),
			event({
				updateProfile: true,
				profileProperties: {
					assignments: [{ id: '1', name: 'submission', value: `={{ ${submissionId} }}`, type: 'string' }],
				},
				options: { uploadOnceKey: `={{ ${submissionId} }}` },
			}),
			tell('Report', reportsUrl, submissionId, 'event', verdict),
			tell('Report Failure', reportsUrl, submissionId, 'event', verdict),
			step('Fail', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'CleverTap did not take the submission' }),
		],
		{ 'Tally Trigger': [['Event']], Event: [['Report'], ['Report Failure']], 'Report Failure': [['Fail']] },
	);
	const read = flow(
		'Read',
		[
			called(jobPaths.read),
			own('Submissions', 'tally', 'tallyAccountApi', {
				resource: 'submission',
				operation: 'getAll',
				formId: form(forms.received),
				limit: READ_LIMIT,
			}),
			count('Report', jobsUrl, 'accepted', "$('Submissions').all()"),
		],
		{ Called: [['Submissions']], Submissions: [['Report']] },
	);
	const bulk = flow(
		'Bulk',
		[
			called(jobPaths.bulk),
			step('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
			cleverTap('Event', {
				resource: 'event',
				operation: 'upload',
				identifier: '={{ $json.user }}',
				eventName: named(importedEvent),
				propertiesMode: 'fields',
				properties: {
					assignments: ['row', 'note'].map((name) => ({
						id: name,
						name,
						value: `={{ $json.${name} }}`,
						type: 'string',
					})),
				},
			}),
			count('Report', jobsUrl, 'accepted', "$('Event').all(0)"),
			count('Report Failure', jobsUrl, 'refused', "$('Event').all(1)"),
		],
		{ Called: [['Rows']], Rows: [['Event']], Event: [['Report'], ['Report Failure']] },
	);
	return [received, finished, read, bulk];
}
