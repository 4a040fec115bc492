/*
 * What the services were seen to answer, in shape: recorded, captured, or shown in their own
 * documentation. Values are ours; the words of refusals are the services'.
 */

/** An answer of the REST API, by the operation that gets it. */
export interface RecordedAnswer {
	/** What it shows. */
	name: string;
	operationIds: readonly string[];
	/** Default 200. */
	status?: number;
	body: unknown;
}

const profileEcho = (number: number, more: Record<string, unknown>): Record<string, unknown> => ({
	identity: String(number),
	ts: 1521649265,
	type: 'profile',
	profileData: { identity: number, Name: 'Ann Example', Email: 'ann@example.com', ...more },
});

/** Two records, both refused; some words are followed by no blank, some have two full stops. */
const refusedProfiles = (code: number, words: string, more: Record<string, unknown>): RecordedAnswer => ({
	name: `an upload refused with ${code}`,
	operationIds: ['upload'],
	body: {
		status: 'fail',
		processed: 0,
		unprocessed: [1, 2].map((number) => ({
			status: 'fail',
			code,
			error: `${words}Skipped record number : ${number}`,
			record: profileEcho(number, more),
		})),
	},
});

const refusedEvent = (status: string, processed: number, code: number, words: string, number: number) => ({
	status,
	processed,
	unprocessed: [
		{
			status: 'fail',
			code,
			error: `Event Name is incorrect. ErrorCode: ${code} - ${words}. Skipped record number : ${number}`,
			// The name and the time may be missing from what comes back.
			record: { evtData: { name: 1234, revenue: 4.99 }, type: 'event', identity: 'ann' },
		},
	],
});

const webPlatform = { platform: 'Web', objectId: 'a8ffcbc9-0000-4000-8000-c5e58ad03097' };
const phonePlatform = {
	platform: 'iOS',
	os_version: '10.2',
	app_version: '6.1.3',
	make: 'Apple',
	model: 'iPhone7,2',
	push_token: 'made-up-token',
	objectId: '-1a063854f83a4c6484285039ecff87cb',
};

const allCounted = ['countEvents', 'pollCountEvents', 'countProfiles', 'pollCountProfiles'];
const allGrouped = ['topProperties', 'pollTopProperties', 'trends', 'pollTrends'];
const reads = ['getProfile', 'startProfilesExport', 'nextProfilesPage', 'startEventsExport', 'nextEventsPage'];

/** CleverTap's answers. */
export const recordedCleverTap: readonly RecordedAnswer[] = [
	{ name: 'a taken upload', operationIds: ['upload'], body: { status: 'success', processed: 1, unprocessed: [] } },
	refusedProfiles(515, 'Profile data is incorrect. Email is not valid.', { Email: '1234' }),
	refusedProfiles(516, 'Profile data is incorrect. Phone number is not valid.', { Phone: '223' }),
	refusedProfiles(517, 'Profile data is incorrect. Employed needs to be Y/N.', { Employed: '223' }),
	refusedProfiles(518, 'Profile data is incorrect. Education needs to be School/College/Graduate..', {
		Education: '223',
	}),
	refusedProfiles(519, 'Profile data is incorrect. Married needs to be Y/N.', { Married: '223' }),
	refusedProfiles(520, 'Profile data is incorrect. Age is invalid.', { Age: 'aa' }),
	refusedProfiles(525, 'Timestamp should be present in the Unix Epoch format. ', {}),
	{
		name: 'an upload of which the second record is refused',
		operationIds: ['upload'],
		body: {
			status: 'partial',
			processed: 1,
			unprocessed: [
				{
					status: 'fail',
					code: 515,
					error: 'Profile data is incorrect. Email is not valid.Skipped record number : 2',
					record: profileEcho(2, { Email: '$$$$$' }),
				},
			],
		},
	},
	{
		name: 'an event without a name',
		operationIds: ['upload'],
		body: refusedEvent('partial', 2, 509, 'Event name is mandatory', 2),
	},
	{
		name: 'an event of a restricted name',
		operationIds: ['upload'],
		body: refusedEvent('fail', 0, 513, 'Trying to raise a restricted system event', 1),
	},
	{
		name: 'an upload that failed and names no record',
		operationIds: ['upload'],
		body: { status: 'fail', processed: 0, unprocessed: [] },
	},
	{
		name: 'an account that is not known',
		operationIds: ['upload', ...reads, ...allCounted, ...allGrouped],
		status: 401,
		body: { status: 'fail', error: 'Account ID is not valid', code: 401 },
	},
	{
		name: 'a wrong passcode',
		operationIds: ['upload', 'setSubscription', 'deleteProfiles', 'demergeProfiles', 'disassociatePhone'],
		status: 401,
		body: { status: 'fail', error: 'Invalid Credentials', code: 401 },
	},
	{
		name: 'too many requests at once',
		operationIds: ['upload', 'getProfile', 'deleteProfiles', 'realTimeCounts'],
		status: 429,
		body: { status: 'fail', error: 'Too many concurrent requests', code: 429 },
	},
	{
		name: 'a profile',
		operationIds: ['getProfile'],
		body: {
			status: 'success',
			record: {
				email: 'ann@example.com',
				profileData: { 'Last Score': 308, 'High Score': 308, Replayed: true },
				events: {
					'App Launched': { count: 10, first_seen: 1457271567, last_seen: 1458041215 },
					Charged: { count: 6, first_seen: 1457962417, last_seen: 1458041276 },
				},
				platformInfo: [phonePlatform, webPlatform],
			},
		},
	},
	{ name: 'no profile', operationIds: ['getProfile'], body: { status: 'success', record: null } },
	{
		name: 'the first cursor',
		operationIds: ['startProfilesExport', 'startEventsExport'],
		body: { status: 'success', cursor: 'ZiZiNwMEBQBkaWZzY2MuO20BBQFlYmN7ZG5hewYBTQVjb2BzZmphfwEABQUra2Jmeg%3D%3D' },
	},
	{
		name: 'a page that is not ready',
		operationIds: ['nextProfilesPage', 'nextEventsPage'],
		body: { status: 'fail', error: 'Request still in progress, please retry later', code: 2 },
	},
	{
		name: 'a page of profiles with another behind it',
		operationIds: ['nextProfilesPage'],
		body: {
			status: 'success',
			previous_cursor: 'ZiZiNwMEBQBkaWZzY2MuO20BBQ==',
			next_cursor: 'ZiZjNwMEBQBkaWZzY2MuO20BBQ%3D%3D',
			records: [{ identity: '42', profileData: { favoriteFood: 'pizza' }, platformInfo: [phonePlatform, webPlatform] }],
		},
	},
	{
		name: 'a page of events with another behind it',
		operationIds: ['nextEventsPage'],
		body: {
			status: 'success',
			previous_cursor: 'ZyZjfwYEAgdjYmZyKz8Negwxm+FA/Z21meU4BBQFl',
			next_cursor: 'ZyZjfwYEAgdjYmZyKz8Negwxm%2BFA%2FZ21meU4BBQFl',
			records: [
				{
					profile: {
						objectId: webPlatform.objectId,
						platform: 'Web',
						email: 'ann@example.com',
						profileData: { favoriteColor: 'blue' },
						identity: '42',
						id: 33,
					},
					ts: 20151023140416,
					event_props: { value: 'pizza' },
					session_props: { utm_source: 'Foo', session_source: 'Direct' },
				},
			],
		},
	},
	{
		name: 'an event that does not exist',
		operationIds: ['startEventsExport', 'startProfilesExport', ...allCounted],
		body: { status: 'fail', error: '["Invalid event : Uninstalled"]', code: 400 },
	},
	{ name: 'a count', operationIds: allCounted, body: { status: 'success', count: 7138 } },
	{
		name: 'a count to ask for again',
		operationIds: [...allCounted, ...allGrouped],
		body: { req_id: 384649162721759, status: 'partial' },
	},
	{
		name: 'the most frequent values',
		operationIds: ['topProperties', 'pollTopProperties'],
		body: { status: 'success', foo: { NUMBER: { '0-100': 10, '100-200': 9 } }, bar: { STR: { Gold: 5, Silver: 10 } } },
	},
	{
		name: 'counts by day, week and month',
		operationIds: ['trends', 'pollTrends'],
		body: {
			status: 'success',
			foo: { '20161224': 10, '20161225': 10 },
			bar: { '201652': 80, '201701': 30 },
			foobar: { '201612': 80 },
		},
	},
	{
		name: 'who is active',
		operationIds: ['realTimeCounts'],
		body: { status: 'success', count: 214, last_processed_ts: 1486536600 },
	},
	{
		name: 'who is active, by kind',
		operationIds: ['realTimeCounts'],
		body: {
			status: 'success',
			count: 214,
			user_type: { new: 58, repeat: 25 },
			device: { desktop: 32, mobile: 230 },
			new: { device: { desktop: 18, mobile: 68 }, os: { others: 0 } },
			last_processed_ts: 1486536600,
		},
	},
	{ name: 'a stopped campaign', operationIds: ['stopCampaign'], body: { status: 'success' } },
	{
		name: 'an estimate',
		operationIds: ['createCampaign'],
		body: { status: 'success', id: 1457433898, estimates: { android: 10, ios: 30, windows: 5 } },
	},
	{
		name: 'an estimate without an id',
		operationIds: ['createCampaign'],
		body: { status: 'success', estimates: { web: 2 } },
	},
	{
		name: 'the result of a campaign',
		operationIds: ['campaignResult'],
		body: { result: { clicked: 28, sent: 82 }, status: 'success' },
	},
	{
		name: 'a campaign without a result so far',
		operationIds: ['campaignResult'],
		body: { error: "This target hasn't been completed", status: 'fail' },
	},
	{
		name: 'a message on its way',
		operationIds: ['sendToUsers'],
		body: { status: 'success', message: 'Added to queue for processing' },
	},
];

const textQuestion = (id: string, type: string, title: string) => ({
	id,
	type,
	title,
	isTitleModifiedByUser: false,
	formId: 'dWPQOr',
	isDeleted: false,
	numberOfResponses: 14,
	fields: [{ uuid: `00000000-0000-4000-8000-0000000${id}`, type: 'INPUT_FIELD', questionType: type, title }],
});

const questions = [
	textQuestion('0EKjV0', 'INPUT_TEXT', 'First name'),
	{ ...textQuestion('AJXEjl', 'HIDDEN_FIELDS', ''), title: null, fields: [] },
	textQuestion('dYO2by', 'MULTI_SELECT', 'Which instrument?'),
];

const submission = {
	id: 'sub0001',
	formId: 'dWPQOr',
	respondentId: 'resp001',
	isCompleted: true,
	submittedAt: '2026-08-31T10:00:00.000Z',
};

const yes = { id: '779e2fe0-0000-4000-8000-957c4a0517e3', text: 'Yes' };
const no = { id: '444fd1f8-0000-4000-8000-818b3a1a2b3c', text: 'No' };
const link =
	'https://storage.googleapis.com/tally-response-assets/aBcDeF/00000000-0000-4000-8000-000000000000/image.png';
const image = { id: 'waePGX', name: 'image.png', url: link, mimeType: 'image/png', size: 1024 };

const delivery = (fields: unknown[], data: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
	eventId: 'c6ddc367-0000-4000-8000-a3f9bf3369fa',
	eventType: 'FORM_RESPONSE',
	createdAt: '2026-08-14T10:55:00.790Z',
	data: {
		responseId: 'Z9Z97Go',
		submissionId: 'Z9Z97Go',
		respondentId: 'Pdgjl70',
		formId: 'XxA4WO',
		formName: 'Registration',
		createdAt: '2026-08-14T10:55:00.000Z',
		...data,
		fields,
	},
	...more,
});

/** Tally's answers. */
export const recordedTally: readonly RecordedAnswer[] = [
	{ name: 'questions with a hidden one', operationIds: ['listQuestions'], body: { questions, hasResponses: true } },
	{
		name: 'a form whose inputs have no text',
		operationIds: ['listQuestions'],
		body: { questions: [], hasResponses: false },
	},
	{
		name: 'submissions, newest first, as the documentation shows them',
		operationIds: ['listSubmissions'],
		body: {
			page: 1,
			limit: 50,
			hasMore: false,
			totalNumberOfSubmissionsPerFilter: { all: 2, completed: 2, partial: 0 },
			questions: [
				{
					id: '0EKjV0',
					type: 'INPUT_TEXT',
					title: 'First name',
					fields: [
						{
							uuid: '00000000-0000-4000-8000-000000000001',
							type: 'INPUT_FIELD',
							questionType: 'INPUT_TEXT',
							title: 'First name',
						},
					],
				},
			],
			submissions: [
				{ ...submission, responses: [{ id: '4r5rAWb', questionId: '0EKjV0', answer: 'Ann' }] },
				{
					...submission,
					id: 'sub0000',
					submittedAt: '2026-08-30T10:00:00.000Z',
					responses: [{ id: 'eR4RxeQ', questionId: '0EKjV0', answer: 'Ben' }],
				},
			],
		},
	},
	{
		name: 'a submission whose answers have every seen shape, and no question',
		operationIds: ['getSubmission'],
		body: {
			questions: [],
			submission: {
				...submission,
				createdAt: submission.submittedAt,
				updatedAt: submission.submittedAt,
				previewUrl: 'https://tally.so/preview?accessToken=made-up',
				pdfUrl: 'https://tally.so/pdf?accessToken=made-up',
				responses: [
					{ id: 'r1', questionId: 'TEXT01', submissionId: 'sub0001', answer: '552100554' },
					{
						id: 'r2',
						questionId: 'FILE01',
						answer: [
							{
								id: '5mDNqw',
								name: 'x.csv',
								url: 'https://storage.tally.so/private/x.csv?id=5mDNqw&accessToken=made-up&signature=made-up',
								mimeType: 'text/csv',
								size: 20,
							},
						],
					},
					{ id: 'r3', questionId: 'MULTI1', answer: ['Piano', 'Voice'] },
					{ id: 'r4', questionId: 'MATRX1', answer: { 'eeb7ce0e-0000-4000-8000-000000000000': ['Good'] } },
					{ id: 'r5', questionId: 'HIDE01', answer: { utm_source: 'newsletter', instrument: 'piano' } },
				],
			},
		},
	},
	{
		name: 'a delivery that failed',
		operationIds: ['listWebhookEvents'],
		body: {
			events: [
				{
					id: 'a4cb511e-0000-4000-8000-b815d718dfd1',
					webhookId: 'wQ1k7w',
					webhookUrl: 'https://example.com/webhook/abc',
					eventType: 'FORM_RESPONSE',
					deliveryStatus: 'FAILED',
					statusCode: 500,
					response: 'Internal Server Error',
					retry: 2,
					payload: delivery([]),
					createdAt: '2026-02-02T10:00:00.000Z',
					updatedAt: '2026-02-02T10:05:00.000Z',
				},
			],
			page: 1,
			limit: 25,
			hasMore: false,
			totalNumberOfEvents: 1,
		},
	},
	{
		name: 'webhooks',
		operationIds: ['listWebhooks'],
		body: {
			webhooks: [
				{
					id: 'wQ1k7w',
					formId: 'dWPQOr',
					url: 'https://example.com/webhook/abc',
					signingSecret: null,
					httpHeaders: null,
					eventTypes: ['FORM_RESPONSE'],
					externalSubscriber: 'N8N',
					isEnabled: true,
					lastSyncedAt: null,
					createdAt: '2026-01-01T00:00:00.000Z',
					updatedAt: '2026-01-01T00:00:00.000Z',
				},
			],
			page: 1,
			limit: 25,
			hasMore: false,
			totalCount: 1,
		},
	},
];

const without = <T extends object>(value: T, name: keyof T): Partial<T> =>
	Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) as Partial<T>;

const oldest = delivery(
	[
		{
			key: 'question_wgb0RD_5cce3ba2-0000-4000-8000-2b6c6daf708f',
			label: 'memberId',
			type: 'HIDDEN_FIELDS',
			value: '1',
		},
		{ key: 'question_wkbYPJ', label: 'Member?', type: 'MULTIPLE_CHOICE', value: yes.id, options: [yes, no] },
		{ key: 'question_wLD0NJ', label: 'How many?', type: 'INPUT_NUMBER', value: 4 },
	],
	{ responseId: 'd9c4d2fc-0000-4000-8000-afa4afa2503b', formName: 'Test survey\n' },
);

/** Bodies of Tally's deliveries through the years, by what they show. */
export const recordedDeliveries: Readonly<Record<string, unknown>> = {
	'2021: no submissionId, one choice as a plain id, a form name that ends in a line break': {
		...oldest,
		data: without(oldest.data, 'submissionId'),
	},
	"2022: Tally's own test, without eventType and with a responseId of its own": without(
		delivery(
			[
				{ key: 'question_nGRzxz', label: 'Member?', type: 'MULTIPLE_CHOICE', value: yes.id, options: [yes, no] },
				{ key: 'question_nPz6d0', label: 'Why?', type: 'TEXTAREA', value: 'Fresh' },
				{ key: 'question_3ExXkL', label: 'Photo', type: 'FILE_UPLOAD', value: [without(image, 'id')] },
			],
			{ responseId: '85e41402-0000-4000-8000-344caa33f985' },
		),
		'eventType',
	),
	'2022: almost everything unanswered': delivery([
		{ key: 'question_mK177D', label: 'Member?', type: 'MULTIPLE_CHOICE', value: no.id, options: [yes, no] },
		{ key: 'question_wMRkk8', label: 'Name', type: 'INPUT_TEXT', value: null },
		{ key: 'question_3X0VVz', label: 'Days', type: 'CHECKBOXES', value: null, options: [yes, no] },
		{ key: `question_3X0VVz_${yes.id}`, label: 'Days (Yes)', type: 'CHECKBOXES', value: null },
		{ key: `question_3X0VVz_${no.id}`, label: 'Days (No)', type: 'CHECKBOXES', value: null },
	]),
	'2022: empty texts beside nulls, a link without a scheme': delivery([
		{ key: 'question_mK1KjM', label: 'Name', type: 'INPUT_TEXT', value: '' },
		{ key: 'question_3yY5a0', label: 'Pronouns', type: 'INPUT_TEXT', value: null },
		{ key: 'question_w8x4lA', label: 'Site', type: 'INPUT_LINK', value: 'example.com' },
		{ key: 'question_w8x4lB', label: 'Other site', type: 'INPUT_LINK', value: '' },
	]),
	'2022: two questions without a label, one choice as a plain id, a per-option yes and no': delivery([
		{ key: 'question_wvYaVl', label: '¿Cuál es tu nombre?', type: 'INPUT_TEXT', value: 'Prueba 3' },
		{ key: 'question_nW5o2v', label: '¿Boletín? ', type: 'MULTIPLE_CHOICE', value: yes.id, options: [yes, no] },
		{ key: 'question_nWz66k', label: 'Plan (móvil / fijo)', type: 'CHECKBOXES', value: [yes.id], options: [yes, no] },
		{ key: `question_nWz66k_${yes.id}`, label: 'Plan (móvil / fijo) (Yes)', type: 'CHECKBOXES', value: true },
		{ key: `question_nWz66k_${no.id}`, label: 'Plan (móvil / fijo) (No)', type: 'CHECKBOXES', value: false },
		{ key: 'question_nGlVEk', label: null, type: 'FILE_UPLOAD', value: [image] },
		{ key: 'question_w2NXqM', label: null, type: 'FILE_UPLOAD', value: [image] },
	]),
	'2025: one choice as a list of one, a hidden field in the middle': delivery([
		{ key: 'question_2B6KAg', label: 'Name', type: 'INPUT_TEXT', value: 'Ann Example' },
		{
			key: 'question_oDj1BM_ac9ac848-0000-4000-8000-002936bd9d59',
			label: 'tool_id',
			type: 'HIDDEN_FIELDS',
			value: '154',
		},
		{ key: 'question_Ol6aJY', label: 'Term', type: 'DROPDOWN', value: [yes.id], options: [yes, no] },
	]),
	'2026: signed links to the submission, commas and accents in options': delivery(
		[
			{ key: 'question_OYq4Za', label: 'Prénom', type: 'INPUT_TEXT', value: 'Anaïs' },
			{
				key: 'question_lWjQxB',
				label: "2.Utilisez-vous déjà l'outil ?",
				type: 'MULTIPLE_CHOICE',
				value: [yes.id],
				options: [
					{ ...yes, text: 'Oui, à titre personnel & au bureau' },
					{ ...no, text: 'Non, pas encore' },
				],
			},
		],
		{
			submissionPdfUrl: 'https://tally.so/pdf?accessToken=made-up',
			submissionPreviewUrl: 'https://tally.so/preview?accessToken=made-up',
		},
	),
};
