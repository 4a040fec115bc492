import { secrets } from './marked';
import type { Arrived } from './faultyService';

const preview = `https://tally.so/preview/Z9Z97Go?accessToken=${secrets.previewLink}`;
const pdf = `https://tally.so/pdf/Z9Z97Go?accessToken=${secrets.pdfLink}`;

const user = {
	id: 'usrK4n9',
	fullName: 'Sandbox Owner',
	organizationId: 'orgW8d3',
	subscriptionPlan: 'PRO',
	// Tally's answer has it although its documentation does not.
	authorizationToken: secrets.accountToken,
};
const webhook = {
	id: 'wQ1k7w',
	formId: 'GxdRaQ',
	url: 'https://n8n.example.com/webhook/abc',
	eventTypes: ['FORM_RESPONSE'],
	isEnabled: true,
	signingSecret: secrets.signingSecret,
	httpHeaders: [{ name: 'X-Key', value: secrets.headerValue }],
};
const question = { id: 'EKOE2N', type: 'INPUT_TEXT', title: 'Your name', isDeleted: false, fields: [] };
const submission = {
	id: 'Z9Z97Go',
	formId: 'GxdRaQ',
	respondentId: 'aB3xYz',
	isCompleted: true,
	submittedAt: '2026-02-09T10:00:00.000Z',
	previewUrl: preview,
	pdfUrl: pdf,
	responses: [{ questionId: 'EKOE2N', answer: 'A respondent' }],
};
const delivery = {
	id: 'd1',
	webhookId: webhook.id,
	webhookUrl: webhook.url,
	eventType: 'FORM_RESPONSE',
	deliveryStatus: 'FAILED',
	statusCode: 500,
	retry: 0,
	createdAt: '2026-02-09T10:00:00.000Z',
	updatedAt: '2026-02-09T10:00:00.000Z',
	payload: {
		eventType: 'FORM_RESPONSE',
		data: {
			submissionId: 'Z9Z97Go',
			formId: 'GxdRaQ',
			submissionPreviewUrl: preview,
			submissionPdfUrl: pdf,
			fields: [],
		},
	},
};
const workspace = { id: 'kb3o5R', name: 'Shop', members: [user] };

/** Which answer Tally has to a request, each with every secret that Tally itself puts there. */
const answers: ReadonlyArray<readonly [request: RegExp, answer: unknown]> = [
	[/^DELETE |^PATCH \/(?:webhooks|workspaces)\/[^/]*$/, undefined],
	[/^GET .*\/users$/, [user]],
	[/^GET .*\/(?:folders|invites)$/, [{ id: 'inv1', name: 'Old' }]],
	[/\/users\b/, user],
	[/\/(?:folders|invites)\b/, { id: 'inv1', name: 'Old' }],
	[/^GET \/webhooks\/.*\/events/, { events: [delivery], page: 1, hasMore: false }],
	[/^GET \/webhooks/, { webhooks: [webhook], page: 1, hasMore: false }],
	[/ \/webhooks/, webhook],
	[/^GET \/workspaces$/, { items: [workspace], page: 1, hasMore: false }],
	[/ \/workspaces/, workspace],
	[/ \/forms\/.*\/submissions\/./, { submission, questions: [question] }],
	[/ \/forms\/.*\/submissions/, { submissions: [submission], questions: [question], page: 1, hasMore: false }],
	[/ \/forms\/.*\/analytics/, { visits: 1, data: { '2026-02-09': { totalVisits: 1 } } }],
];

const form = {
	id: 'GxdRaQ',
	name: 'Feedback',
	status: 'PUBLISHED',
	blocks: [],
	questions: [question],
	items: [{ id: 'GxdRaQ', name: 'Feedback', status: 'PUBLISHED' }],
	page: 1,
	hasMore: false,
};

/** What Tally answers to whoever may ask; by its path, a form where nothing else is meant. */
export function usualTallyAnswer({ method, path }: Arrived): unknown {
	const request = `${method} ${path.replace(/\?.*$/, '')}`;
	const known = answers.find(([pattern]) => pattern.test(request));
	return known === undefined ? form : known[1];
}

const record = {
	identity: 'someone',
	name: 'Someone',
	profileData: { Plan: 'Team' },
	events: { 'Feedback Given': { count: 1 } },
	platformInfo: [{ platform: 'iOS', objectId: '-1a06', push_token: secrets.pushToken }],
};

/** The same for CleverTap: what was asked for is done, counted or found. */
export function usualCleverTapAnswer({ path, body }: Arrived): unknown {
	// The records of an upload, or the identities of a list.
	const asked = Object.values(body ?? {}).filter(Array.isArray);
	return {
		status: 'success',
		processed: asked.flat().length,
		unprocessed: [],
		count: 3,
		result: { sent: 3, clicked: 1 },
		estimates: { push: 3 },
		record,
		...(path.includes('cursor=') ? { records: [{ profile: record, ts: 20260209100000 }] } : { cursor: 'c1' }),
	};
}
