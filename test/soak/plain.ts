import { randomUUID } from 'node:crypto';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { called, count, flow, send, step, tell } from './flow';
import type { Acknowledge } from './plan';
import { importedEvent, jobPaths, READ_LIMIT, submittedEvent, type Surroundings } from './surroundings';

/** Where the plain n8n listens for submissions. */
export const plainPath = (acknowledge: Acknowledge): string => `soak-${acknowledge}`;

/** What a person writes who has no node for Tally: ids become texts, everything CleverTap can't hold a text. */
const shapeSubmission = `
const { data } = $input.first().json.body;
const answers = {};
for (const { label, value, options } of data.fields) {
	if (value === null || typeof value === 'boolean') continue;
	const text = (entry) => (options ?? []).find(({ id }) => id === entry)?.text ?? entry;
	const told = Array.isArray(value) ? value.map(text) : text(value);
	answers[label] = typeof told === 'object' ? JSON.stringify(told).slice(0, 500) : told;
}
const file = data.fields.find(({ type }) => type === 'FILE_UPLOAD')?.value?.[0];
return [{ json: {
	submissionId: data.submissionId,
	respondentId: data.respondentId,
	answers,
	fileUrl: file?.url ?? '',
} }];`;

const shapeList = `
const { questions, submissions } = $input.first().json;
const titles = Object.fromEntries(questions.map(({ id, title }) => [id, title]));
return submissions.map(({ id, respondentId, responses }) => ({ json: {
	submissionId: id,
	respondentId,
	answers: Object.fromEntries(responses.map(({ questionId, answer }) => [titles[questionId], answer])),
} }));`;

const shapeRows = `
return [{ json: { d: $input.first().json.body.rows.map(({ user, row, note }) => (
	{ type: 'event', identity: user, evtName: '${importedEvent}', evtData: { row, note } }
)) } }];`;

const shaped = "$('Shape').first().json";
const profile = `{ type: 'profile', identity: ${shaped}.respondentId, profileData: { submission: ${shaped}.submissionId } }`;
const event = `{ type: 'event', identity: ${shaped}.respondentId, evtName: '${submittedEvent}', evtData: { ...${shaped}.answers, submission: ${shaped}.submissionId } }`;

/** The same work with n8n's own nodes. */
export function plain(
	tally: { url: string; apiKey: string },
	cleverTap: { url: string; accountId: string; passcode: string },
	headerAuth: { id: string; name: string },
	{ forms, reportsUrl, jobsUrl }: Surroundings,
): WorkflowDraft[] {
	const headers = (given: Record<string, string>) => ({
		sendHeaders: true,
		headerParameters: { parameters: Object.entries(given).map(([name, value]) => ({ name, value })) },
	});
	const upload = (name: string, body: string) =>
		send(
			name,
			`${cleverTap.url}/1/upload`,
			body,
			{
				...headers({ 'X-CleverTap-Account-Id': cleverTap.accountId, 'X-CleverTap-Passcode': cleverTap.passcode }),
				options: { timeout: 60_000 },
			},
			{ onError: 'continueErrorOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 },
		);
	const code = (name: string, jsCode: string) => step(name, 'n8n-nodes-base.code', 2, { jsCode });
	const webhook = (acknowledge: Acknowledge) =>
		step(
			'Webhook',
			'n8n-nodes-base.webhook',
			2,
			{
				httpMethod: 'POST',
				path: plainPath(acknowledge),
				authentication: 'headerAuth',
				responseMode: acknowledge === 'finished' ? 'lastNode' : 'onReceived',
				options: {},
			},
			{ webhookId: randomUUID(), credentials: { httpHeaderAuth: headerAuth } },
		);
	const report = (name: string, about: 'profile' | 'event', status: 'accepted' | 'refused') =>
		tell(name, reportsUrl, `${shaped}.submissionId`, about, `{ status: '${status}', reason: '' }`);

	const received = flow(
		'Received',
		[
			webhook('received'),
			code('Shape', shapeSubmission),
			step('Has File', 'n8n-nodes-base.if', 2.2, {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
					combinator: 'and',
					conditions: [
						{
							id: 'file',
							leftValue: '={{ $json.fileUrl }}',
							rightValue: '',
							operator: { type: 'string', operation: 'notEmpty', singleValue: true },
						},
					],
				},
				options: {},
			}),
			step('Download', 'n8n-nodes-base.httpRequest', 4.2, {
				url: '={{ $json.fileUrl }}',
				options: { response: { response: { responseFormat: 'file' } } },
			}),
			upload('Profile', `{ d: [${profile}] }`),
			upload('Event', `{ d: [${event}] }`),
			report('Report', 'event', 'accepted'),
			report('Report Profile', 'profile', 'refused'),
			report('Report Failure', 'event', 'refused'),
		],
		{
			Webhook: [['Shape']],
			Shape: [['Has File']],
			'Has File': [['Download'], ['Profile']],
			Download: [['Profile']],
			Profile: [['Event'], ['Report Profile']],
			Event: [['Report'], ['Report Failure']],
		},
	);
	const finished = flow(
		'Finished',
		[
			webhook('finished'),
			code('Shape', shapeSubmission),
			upload('Event', `{ d: [${profile}, ${event}] }`),
			report('Report', 'event', 'accepted'),
			report('Report Failure', 'event', 'refused'),
			step('Fail', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'CleverTap did not take the submission' }),
		],
		{
			Webhook: [['Shape']],
			Shape: [['Event']],
			Event: [['Report'], ['Report Failure']],
			'Report Failure': [['Fail']],
		},
	);
	const read = flow(
		'Read',
		[
			called(jobPaths.read),
			step('List', 'n8n-nodes-base.httpRequest', 4.2, {
				url: `${tally.url}/forms/${forms.received}/submissions?limit=${READ_LIMIT}&filter=completed`,
				...headers({ Authorization: `Bearer ${tally.apiKey}` }),
				options: {},
			}),
			code('Submissions', shapeList),
			count('Report', jobsUrl, 'accepted', "$('Submissions').all()"),
		],
		{ Called: [['List']], List: [['Submissions']], Submissions: [['Report']] },
	);
	const bulk = flow(
		'Bulk',
		[
			called(jobPaths.bulk),
			code('Rows', shapeRows),
			upload('Event', '$json'),
			count('Report', jobsUrl, 'accepted', "$('Event').all(0)"),
			count('Report Failure', jobsUrl, 'refused', "$('Event').all(1)"),
		],
		{ Called: [['Rows']], Rows: [['Event']], Event: [['Report'], ['Report Failure']] },
	);
	return [received, finished, read, bulk];
}
