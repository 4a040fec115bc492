/*
 * The same work twice: four workflows with the package's nodes, and the same four with nothing but n8n's own.
 * Two receive submissions (acknowledged at once, or when finished), one reads submissions, one uploads in bulk.
 */
import { randomUUID } from 'node:crypto';
import type { WorkflowDraft } from '../../sandbox/n8n-client';

/** How a workflow tells Tally that it has a submission: each form has a workflow of its own. */
export const acknowledgements = ['received', 'finished'] as const;
export type Acknowledge = (typeof acknowledgements)[number];

export const SUBMITTED_EVENT = 'Feedback Given';
export const IMPORTED_EVENT = 'Contact Imported';
/** How many submissions the reading workflow reads. */
export const READ_LIMIT = 100;

/** Where the plain n8n listens for submissions. */
export const plainPath = (acknowledge: Acknowledge): string => `soak-${acknowledge}`;
/** Where a workflow is called to do a job. */
export const jobPath = (kind: 'read' | 'bulk'): string => `soak-${kind}`;

/** What the workflows of both n8n need to know. */
export interface Surroundings {
	/** Ids of the forms whose submissions are acknowledged when received, or when finished. */
	readonly forms: Readonly<Record<Acknowledge, string>>;
	/** Where a workflow reports how a submission ended: the chaos suite's collector. */
	readonly reportsUrl: string;
	/** Where a workflow reports how many items of a job ended how. */
	readonly jobsUrl: string;
}

type Json = Record<string, unknown>;
type Step = WorkflowDraft['nodes'][number];

/** A node; `rest` lies outside its parameters. */
const node = (name: string, type: string, typeVersion: number, parameters: Json, rest: Json = {}): Step => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...rest,
});

/** @param links for each node and each of its outputs, who comes next */
function workflow(name: string, nodes: readonly Step[], links: Record<string, string[][]>): WorkflowDraft {
	const main = (outputs: string[][]) => outputs.map((next) => next.map((to) => ({ node: to, type: 'main', index: 0 })));
	const connections = Object.fromEntries(Object.entries(links).map(([from, next]) => [from, { main: main(next) }]));
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

const webhook = (name: string, parameters: Json, rest: Json = {}): Step =>
	node(
		name,
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', responseMode: 'onReceived', options: {}, ...parameters },
		{ webhookId: randomUUID(), ...rest },
	);

/** Posts what an expression makes. */
const post = (name: string, url: string, body: string, parameters: Json = {}, rest: Json = {}): Step =>
	node(
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

/** Reports how many items of a job ended in one way; `items` is an expression for all of them. */
const reportItems = (name: string, url: string, status: 'accepted' | 'refused', items: string): Step => {
	const body = `{ job: $('Called').first().json.body.job, status: '${status}', items: ${items}.length }`;
	return post(name, url, body, {}, { executeOnce: true });
};

/** Reports how a submission ended: as the expression `verdict` says, with `status` and `reason`. */
const report = (name: string, url: string, id: string, step: 'profile' | 'event', verdict: string): Step =>
	post(name, url, `{ step: '${step}', run: $execution.id, submissionId: ${id}, ...${verdict} }`);

const fail = () =>
	node('Fail', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'CleverTap did not take the submission' });

/** The workflows with the package's nodes. */
export function packageWorkflows(
	packageName: string,
	credentials: Readonly<Record<string, { id: string; name: string }>>,
	{ forms, reportsUrl, jobsUrl }: Surroundings,
): WorkflowDraft[] {
	const id = "$('Tally Trigger').item.json.submissionId";
	/** As the error output has it, or else the item that went well. */
	const verdict = "{ status: ($json.details ?? $json).status, reason: $json.error ?? $json.reason ?? '' }";
	const respondent = "={{ $('Tally Trigger').item.json.respondentId }}";
	const everything = `={{ JSON.stringify({ ...$('Tally Trigger').item.json.answers, submission: ${id} }) }}`;
	const formId = (value: string) => ({ __rl: true, mode: 'id', value });
	const eventName = (value: string) => ({ __rl: true, mode: 'name', value });
	const assignments = (values: Record<string, string>) => ({
		assignments: Object.entries(values).map(([name, value]) => ({ id: name, name, value, type: 'string' })),
	});

	const tally = { credentials: { tallyAccountApi: credentials.tallyAccountApi } };
	const trigger = (acknowledge: Acknowledge, options: Json = {}) =>
		node(
			'Tally Trigger',
			`${packageName}.tallyTrigger`,
			1.1,
			{ formId: formId(forms[acknowledge]), options: { acknowledge, ...options } },
			{ ...tally, webhookId: randomUUID() },
		);
	const cleverTap = (name: string, resource: string, operation: string, parameters: Json) =>
		node(
			name,
			`${packageName}.cleverTap`,
			1,
			{ resource, operation, identifyBy: 'identity', options: {}, ...parameters },
			{ onError: 'continueErrorOutput', credentials: { cleverTapAccountApi: credentials.cleverTapAccountApi } },
		);
	const answers = { identifier: respondent, propertiesMode: 'json', propertiesJson: everything };
	const submitted = { ...answers, eventName: eventName(SUBMITTED_EVENT) };
	const reports = [
		report('Report', reportsUrl, id, 'event', verdict),
		report('Report Failure', reportsUrl, id, 'event', verdict),
	];

	return [
		workflow(
			'Received',
			[
				trigger('received', { downloadFiles: true }),
				cleverTap('Profile', 'profile', 'upsert', answers),
				cleverTap('Event', 'event', 'upload', submitted),
				report('Report Profile', reportsUrl, id, 'profile', verdict),
				...reports,
			],
			{
				'Tally Trigger': [['Profile']],
				Profile: [['Event'], ['Report Profile']],
				Event: [['Report'], ['Report Failure']],
			},
		),
		workflow(
			'Finished',
			[
				trigger('finished'),
				cleverTap('Event', 'event', 'upload', {
					...submitted,
					updateProfile: true,
					profileProperties: assignments({ submission: `={{ ${id} }}` }),
					options: { uploadOnceKey: `={{ ${id} }}` },
				}),
				...reports,
				fail(),
			],
			{ 'Tally Trigger': [['Event']], Event: [['Report'], ['Report Failure']], 'Report Failure': [['Fail']] },
		),
		workflow(
			'Read',
			[
				webhook('Called', { path: jobPath('read') }),
				node(
					'Submissions',
					`${packageName}.tally`,
					1,
					{ resource: 'submission', operation: 'getAll', formId: formId(forms.received), limit: READ_LIMIT },
					tally,
				),
				reportItems('Report', jobsUrl, 'accepted', "$('Submissions').all()"),
			],
			{ Called: [['Submissions']], Submissions: [['Report']] },
		),
		workflow(
			'Bulk',
			[
				webhook('Called', { path: jobPath('bulk') }),
				node('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
				cleverTap('Event', 'event', 'upload', {
					identifier: '={{ $json.user }}',
					eventName: eventName(IMPORTED_EVENT),
					propertiesMode: 'fields',
					properties: assignments({ row: '={{ $json.row }}', note: '={{ $json.note }}' }),
				}),
				reportItems('Report', jobsUrl, 'accepted', "$('Event').all(0)"),
				reportItems('Report Failure', jobsUrl, 'refused', "$('Event').all(1)"),
			],
			{ Called: [['Rows']], Rows: [['Event']], Event: [['Report'], ['Report Failure']] },
		),
	];
}

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
	{ type: 'event', identity: user, evtName: '${IMPORTED_EVENT}', evtData: { row, note } }
)) } }];`;

/** The same work with n8n's own nodes. */
export function plainWorkflows(
	tally: { url: string; apiKey: string },
	cleverTap: { url: string; accountId: string; passcode: string },
	headerAuth: { id: string; name: string },
	{ forms, reportsUrl, jobsUrl }: Surroundings,
): WorkflowDraft[] {
	const shaped = "$('Shape').first().json";
	const profile = `{ type: 'profile', identity: ${shaped}.respondentId, profileData: { submission: ${shaped}.submissionId } }`;
	const event = `{ type: 'event', identity: ${shaped}.respondentId, evtName: '${SUBMITTED_EVENT}', evtData: { ...${shaped}.answers, submission: ${shaped}.submissionId } }`;
	const headers = (given: Record<string, string>) => ({
		sendHeaders: true,
		headerParameters: { parameters: Object.entries(given).map(([name, value]) => ({ name, value })) },
	});
	const code = (name: string, jsCode: string) => node(name, 'n8n-nodes-base.code', 2, { jsCode });
	const received = (acknowledge: Acknowledge) =>
		webhook(
			'Webhook',
			{
				path: plainPath(acknowledge),
				authentication: 'headerAuth',
				responseMode: acknowledge === 'finished' ? 'lastNode' : 'onReceived',
			},
			{ credentials: { httpHeaderAuth: headerAuth } },
		);
	const account = { 'X-CleverTap-Account-Id': cleverTap.accountId, 'X-CleverTap-Passcode': cleverTap.passcode };
	const upload = (name: string, body: string) =>
		post(
			name,
			`${cleverTap.url}/1/upload`,
			body,
			{ ...headers(account), options: { timeout: 60_000 } },
			{ onError: 'continueErrorOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 },
		);
	const reportAs = (name: string, step: 'profile' | 'event', status: 'accepted' | 'refused') =>
		report(name, reportsUrl, `${shaped}.submissionId`, step, `{ status: '${status}', reason: '' }`);
	const reports = [reportAs('Report', 'event', 'accepted'), reportAs('Report Failure', 'event', 'refused')];
	const hasFile = {
		id: 'file',
		leftValue: '={{ $json.fileUrl }}',
		rightValue: '',
		operator: { type: 'string', operation: 'notEmpty', singleValue: true },
	};

	return [
		workflow(
			'Received',
			[
				received('received'),
				code('Shape', shapeSubmission),
				node('Has File', 'n8n-nodes-base.if', 2.2, {
					conditions: {
						options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
						combinator: 'and',
						conditions: [hasFile],
					},
					options: {},
				}),
				node('Download', 'n8n-nodes-base.httpRequest', 4.2, {
					url: '={{ $json.fileUrl }}',
					options: { response: { response: { responseFormat: 'file' } } },
				}),
				upload('Profile', `{ d: [${profile}] }`),
				upload('Event', `{ d: [${event}] }`),
				reportAs('Report Profile', 'profile', 'refused'),
				...reports,
			],
			{
				Webhook: [['Shape']],
				Shape: [['Has File']],
				'Has File': [['Download'], ['Profile']],
				Download: [['Profile']],
				Profile: [['Event'], ['Report Profile']],
				Event: [['Report'], ['Report Failure']],
			},
		),
		workflow(
			'Finished',
			[
				received('finished'),
				code('Shape', shapeSubmission),
				upload('Event', `{ d: [${profile}, ${event}] }`),
				...reports,
				fail(),
			],
			{
				Webhook: [['Shape']],
				Shape: [['Event']],
				Event: [['Report'], ['Report Failure']],
				'Report Failure': [['Fail']],
			},
		),
		workflow(
			'Read',
			[
				webhook('Called', { path: jobPath('read') }),
				node('List', 'n8n-nodes-base.httpRequest', 4.2, {
					url: `${tally.url}/forms/${forms.received}/submissions?limit=${READ_LIMIT}&filter=completed`,
					...headers({ Authorization: `Bearer ${tally.apiKey}` }),
					options: {},
				}),
				code('Submissions', shapeList),
				reportItems('Report', jobsUrl, 'accepted', "$('Submissions').all()"),
			],
			{ Called: [['List']], List: [['Submissions']], Submissions: [['Report']] },
		),
		workflow(
			'Bulk',
			[
				webhook('Called', { path: jobPath('bulk') }),
				code('Rows', shapeRows),
				upload('Event', '$json'),
				reportItems('Report', jobsUrl, 'accepted', "$('Event').all(0)"),
				reportItems('Report Failure', jobsUrl, 'refused', "$('Event').all(1)"),
			],
			{ Called: [['Rows']], Rows: [['Event']], Event: [['Report'], ['Report Failure']] },
		),
	];
}
