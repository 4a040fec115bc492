import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CredentialDraft, ExecutionResult, WorkflowDraft } from '../../sandbox/n8n-client';
import { listAt, textAt, valueAt } from '../../sandbox/n8n-json';
import { buildForm, sampleAnswers } from '../../sandbox/tally/sampleForm';
import { until } from '../../sandbox/until';
import { startChatModel } from './chatModel';
import { addWebhook, call } from '../sandbox/tally/client';
import { openGate } from './gate';
import { openMailbox } from './mailbox';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox';
import { startTallyfy } from './tallyfy';

const folder = join(__dirname, '..', '..', 'examples');

/** The examples, by the names of their files. */
export const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
export const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** How one example is made ready and what it must do. */
export interface Case {
	/** What a person still fills in, and what the test must replace because it stands outside this machine. */
	fillIn?(draft: WorkflowDraft): WorkflowDraft | Promise<WorkflowDraft>;
	/** Runs while the workflow is imported and not yet published. */
	before?(): Promise<void>;
	/** Triggers the published workflow and checks what came of it. */
	run(workflowId: string): Promise<void>;
}

/** A real n8n with everything around it that the examples need, and what each of them must do there. */
export interface Examples {
	readonly sandbox: Sandbox;
	/** Ids of credentials that are right, by credential type. */
	readonly credentials: Readonly<Record<string, { id: string; name: string }>>;
	readonly cases: Readonly<Record<string, Case>>;
	/** To be called when the workflow of an example has been published. */
	published(): void;
	close(): Promise<void>;
}

interface DataTable {
	/** The parameter of a node that uses it. */
	readonly chosen: object;
	rows(): Promise<unknown[]>;
}

export async function openExamples(options: SandboxOptions = {}): Promise<Examples> {
	const [mailbox, tallyfy, chatModel, gate] = await Promise.all([
		openMailbox(),
		startTallyfy(),
		startChatModel((profile) => `CleverTap has the plan ${textAt(profile, [0, 'profileData', 'Plan'])}.`),
		openGate(),
	]);
	// The 31 hours of Tally's retries pass in a tenth of a second; it does not lose patience with a busy n8n.
	const sandbox = await startSandbox({ ...options, tally: { timeScale: 1e-6, deliveryTimeoutMs: 60_000 } });
	const credentials: Record<string, { id: string; name: string }> = { ...sandbox.credentials };
	const drafts: CredentialDraft[] = [
		{
			name: 'SMTP account',
			type: 'smtp',
			data: { user: '', password: '', host: mailbox.host, port: mailbox.port, secure: false, disableStartTls: true },
		},
		{
			name: 'Tallyfy token',
			type: 'httpHeaderAuth',
			data: { name: 'Authorization', value: `Bearer ${tallyfy.token}` },
		},
		{ name: 'OpenAI account', type: 'openAiApi', data: { apiKey: chatModel.apiKey, url: chatModel.url } },
	];
	for (const draft of drafts) {
		credentials[draft.type] = { id: await sandbox.n8n.client.createCredential(draft), name: draft.name };
	}

	/** A draft whose nodes are changed by name; the changed parameters replace those of the same name. */
	function withParameters(draft: WorkflowDraft, changes: Record<string, object>): WorkflowDraft {
		return {
			...draft,
			nodes: draft.nodes.map((node) => ({
				...node,
				parameters: { ...(node.parameters as object), ...changes[String(node.name)] },
			})),
		};
	}

	let publishedAt = 0;

	/** Tally tells whole seconds: what is sent in the second of the publishing is of the time before. */
	async function nextSecond(): Promise<void> {
		await until('the second of the publishing is over', () => Date.now() > publishedAt + 1_000, 5_000);
	}

	/** The same with a trigger that checks every second. */
	function checkingOften(draft: WorkflowDraft, options: object): WorkflowDraft {
		return withParameters(draft, { 'Tally Trigger': { options: { ...options, checkEvery: 0.02 } } });
	}

	/** A form filled in by somebody who is in no other test. */
	const answersOf = (email: string, answers: typeof sampleAnswers = {}) => ({
		...sampleAnswers,
		'Your email': email,
		...answers,
	});

	const profileOf = (email: string) =>
		sandbox.cleverTap.profiles().find(({ identity }) => identity === email)?.profileData;
	const eventsOf = (email: string) => sandbox.cleverTap.events().filter(({ identity }) => identity === email);

	/** Waits until a workflow has been executed so many times, well, and gives the newest execution. */
	async function executed(workflowId: string, count = 1): Promise<ExecutionResult> {
		const newest = await until(
			`the workflow has been executed ${count} times`,
			async () => {
				const all = await sandbox.n8n.client.executions(workflowId);
				return all.length >= count && all[0];
			},
			60_000,
		);
		const execution = await sandbox.n8n.client.finished(newest.id);
		expect(execution).toMatchObject({ status: 'success' });
		return execution;
	}

	/** Starts a published workflow at its schedule, whose time will not come during a test. */
	async function atItsTime(workflowId: string, schedule: string): Promise<ExecutionResult> {
		const { client } = sandbox.n8n;
		const execution = await client.finished(await client.runManually(workflowId, schedule));
		expect(execution.errorMessage).toBeUndefined();
		return execution;
	}

	/** Makes a data table in n8n, its columns by their kinds. */
	async function makeTable(
		name: string,
		kinds: { readonly string: readonly string[]; readonly number?: readonly string[] },
	): Promise<DataTable> {
		const { client } = sandbox.n8n;
		const project = textAt(await client.call('GET', '/rest/projects/personal'), ['id']);
		const tables = `/rest/projects/${project}/data-tables`;
		const columns = Object.entries(kinds).flatMap(([type, names]) => names.map((column) => ({ name: column, type })));
		const id = textAt(await client.call('POST', tables, { name, columns }), ['id']);
		return {
			chosen: { dataTableId: { __rl: true, mode: 'list', value: id } },
			rows: async () => listAt(await client.call('GET', `${tables}/${id}/rows`), ['data']),
		};
	}

	const cases: Record<string, Case> = {
		'tally-feedback-to-clevertap.json': {
			run: async (workflowId) => {
				const email = 'feedback@example.com';
				await sandbox.tally.submit(answersOf(email));
				await executed(workflowId);
				expect(profileOf(email)).toMatchObject({ Name: 'Ada Example', Email: email, 'Last Rating': 5 });
				expect(eventsOf(email)).toMatchObject([{ evtName: 'Feedback Given', evtData: { 'Rate us': 5, score: 19 } }]);
			},
		},

		'campaign-form-to-clevertap.json': (() => {
			const formId = 'camPaY';
			const event = 'Campaign Form Answered';
			const eventsOf = (identity: string) =>
				sandbox.cleverTap.events().filter((each) => each.identity === identity && each.evtName === event);
			return {
				fillIn: (draft) => {
					sandbox.tally.addForm(
						buildForm(formId, 'Campaign', [
							{ type: 'HIDDEN_FIELDS', title: '', fields: [{ uuid: randomUUID(), name: 'ct_identity' }] },
							{ type: 'RATING', title: 'Rate us', from: 1, to: 5 },
							{ type: 'INPUT_EMAIL', title: 'Your email' },
						]),
					);
					return withParameters(draft, { 'Tally Trigger': { formId: { __rl: true, mode: 'id', value: formId } } });
				},
				run: async (workflowId) => {
					const before = sandbox.cleverTap.profiles().length;
					const email = 'campaign@example.com';
					// Whom the campaign knows is that user, whatever address is answered.
					await sandbox.tally.submit({ ct_identity: 'customer 7', 'Rate us': 5, 'Your email': email }, formId);
					await executed(workflowId);
					expect(profileOf('customer 7')).toEqual({ Email: email, 'Last Rating': 5 });
					expect(eventsOf('customer 7')).toMatchObject([{ evtData: { Rating: 5, Form: 'Campaign' } }]);
					expect(profileOf(email)).toBeUndefined();

					await sandbox.tally.submit({ 'Rate us': 4, 'Your email': email }, formId);
					await executed(workflowId, 2);
					expect(profileOf(email)).toEqual({ Email: email, 'Last Rating': 4 });
					expect(eventsOf(email)).toHaveLength(1);

					const strangers: Array<typeof sampleAnswers> = [
						{ 'Rate us': 1 },
						{ 'Rate us': 2, ct_identity: 'null' },
						{ 'Rate us': 3, ct_identity: "{{ Profile.Identity | default: '' }}" },
					];
					for (const [index, answers] of strangers.entries()) {
						const { submissionId } = await sandbox.tally.submit(answers, formId);
						const execution = await executed(workflowId, 3 + index);
						expect(execution.output('Not Stored')).toEqual([
							{
								submissionId,
								reason: expect.stringContaining('"Identifier"') as string,
								whatToDo: expect.stringMatching(/\w/) as string,
							},
						]);
					}
					expect(sandbox.cleverTap.profiles()).toHaveLength(before + 2);
				},
			};
		})(),

		'thank-promoters-ask-detractors.json': (() => {
			const event = 'Rating Given';
			const { cleverTap, tally } = sandbox;
			const ask = cleverTap.addCampaign({ name: 'What went wrong?', channel: 'email' });
			const thank = cleverTap.addCampaign({ name: 'Thank you', channel: 'email' });
			const reached = (id: number) =>
				cleverTap
					.campaigns()
					.find((campaign) => campaign.id === id)
					?.messages.map(({ identity, values }) => [identity, values]);
			const campaign = (id: number) => ({ campaign: { __rl: true, mode: 'id', value: String(id) } });
			return {
				fillIn: (draft) =>
					withParameters(draft, { 'Ask What Went Wrong': campaign(ask), 'Say Thank You': campaign(thank) }),
				run: async (workflowId) => {
					const ratings: Array<[who: string, answers: typeof sampleAnswers]> = [
						['detractor', { 'Rate us': 1 }],
						['nearly', { 'Rate us': 4 }],
						['promoter', { 'Rate us': 5 }],
						['silent', {}],
					];
					for (const [index, [who, answers]] of ratings.entries()) {
						await tally.submit({ "What's your name?": 'Ada', 'Your email': `${who}@example.com`, ...answers });
						await executed(workflowId, index + 1);
						const events = eventsOf(`${who}@example.com`).filter(({ evtName }) => evtName === event);
						expect(events).toHaveLength(1);
					}
					const asked = [['detractor@example.com', { name: 'Ada', rating: '1' }]];
					const thanked = [['promoter@example.com', { name: 'Ada', rating: '5' }]];
					expect([reached(ask), reached(thank)]).toEqual([asked, thanked]);

					// The same submission once more: no second event, and no second message.
					const [webhook] = tally.webhooks();
					const first = tally.deliveries().find(({ webhookId }) => webhookId === webhook?.id);
					const { status } = await call(tally, 'POST', `/webhooks/${webhook?.id}/events/${first?.id}`);
					expect(status).toBe(204);
					await executed(workflowId, ratings.length + 1);
					expect([reached(ask), reached(thank)]).toEqual([asked, thanked]);
				},
			};
		})(),

		'weekly-report.json': (() => {
			let table: DataTable;
			const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
			const day = (iso: string) => Number(iso.slice(0, 10).replaceAll('-', ''));
			return {
				fillIn: async (draft) => {
					table = await makeTable('Messages of each week', {
						string: ['week', 'messageId', 'name', 'channel'],
						number: ['sent', 'viewed', 'clicked'],
					});
					return withParameters(draft, { 'Keep the Week': table.chosen });
				},
				run: async (workflowId) => {
					const { cleverTap } = sandbox;
					const of = (name: string, days: number) =>
						cleverTap.addCampaign({ name, channel: 'push', scheduledOn: day(daysAgo(days)) * 10_000 });
					of('Long ago', 30);
					const ids = [of('Spring', 3), of('Sale', 2)].map(String);
					// A week that is asked for twice has its rows once.
					for (let time = 1; time <= 2; time++) {
						await atItsTime(workflowId, 'Every Monday');
						const found = await table.rows();
						expect(found.map((row) => textAt(row, ['messageId'])).sort()).toEqual(ids);
						expect(found.find((row) => textAt(row, ['name']) === 'Spring')).toMatchObject({
							week: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
							channel: 'push',
							sent: 0,
							viewed: 0,
							clicked: 0,
						});
					}
				},
			};
		})(),

		'profile-and-event-in-one-request.json': {
			run: async (workflowId) => {
				const email = 'one-request@example.com';
				const before = sandbox.cleverTap.uploads().length;
				await sandbox.tally.submit(answersOf(email));
				await executed(workflowId);
				const uploads = sandbox.cleverTap.uploads().slice(before);
				expect(uploads.map(({ taken }) => taken.map(({ type }) => type))).toEqual([['profile', 'event']]);
				expect(profileOf(email)).toMatchObject({ Name: 'Ada Example', Email: email, 'Last Rating': 5 });
				expect(eventsOf(email)).toMatchObject([
					{ evtName: 'Feedback Given', evtData: { Rating: 5, Topics: 'Price, Fit, and finish', Source: 'newsletter' } },
				]);
			},
		},

		'google-sheets-to-clevertap.json': (() => {
			const path = randomUUID();
			const rows = [
				{
					row_number: 2,
					Email: 'row-2@example.com',
					Name: 'Grace Example',
					Plan: 'Team',
					Event: 'Signed Up',
					Date: '2026-02-09 10:00:00',
				},
				{
					row_number: 3,
					Email: 'row-3@example.com',
					Name: 'Alan Example',
					Plan: 'Free',
					Event: 'Trial Begun',
					Date: '2026-02-9 10:15:0',
				},
			];
			return {
				// Google's sheet is replaced by rows that are posted to n8n.
				fillIn: (draft) => ({
					...draft,
					nodes: [
						...draft.nodes.map((node) =>
							node.name === 'New Row in Sheet'
								? {
										...node,
										type: 'n8n-nodes-base.splitOut',
										parameters: { fieldToSplitOut: 'body.rows', options: {} },
									}
								: node,
						),
						{
							id: randomUUID(),
							name: 'Rows',
							type: 'n8n-nodes-base.webhook',
							typeVersion: 2,
							position: [-200, 0],
							webhookId: path,
							parameters: { httpMethod: 'POST', path, options: {} },
						},
					],
					connections: {
						...draft.connections,
						Rows: { main: [[{ node: 'New Row in Sheet', type: 'main', index: 0 }]] },
					},
				}),
				run: async (workflowId) => {
					const before = sandbox.cleverTap.uploads().length;
					const response = await fetch(`${sandbox.n8n.url}/webhook/${path}`, {
						method: 'POST',
						headers: { 'content-type': 'application/json', connection: 'close' },
						body: JSON.stringify({ rows }),
					});
					expect(response.status).toBe(200);
					await executed(workflowId);
					for (const { Email, Name, Plan, Event } of rows) {
						expect(profileOf(Email)).toEqual({ Name, Email, Plan });
						expect(eventsOf(Email)).toMatchObject([{ evtName: Event, evtData: { Plan } }]);
					}
					expect(rows.flatMap(({ Email }) => eventsOf(Email)).map(({ ts }) => ts)).toEqual([
						Date.UTC(2026, 1, 9, 10) / 1000,
						Date.UTC(2026, 1, 9, 10, 15) / 1000,
					]);
					expect(sandbox.cleverTap.uploads()).toHaveLength(before + 2);
				},
			};
		})(),

		'refused-records.json': (() => {
			let table: DataTable;
			return {
				fillIn: async (draft) => {
					table = await makeTable('Refused records', {
						string: ['refusedAt', 'submissionId', 'person', 'reason', 'whatToDo'],
					});
					return withParameters(draft, {
						'Keep the Refusal': table.chosen,
						'Tell the Team': { fromEmail: 'n8n@example.com', toEmail: 'team@example.com' },
					});
				},
				run: async (workflowId) => {
					const right = 'right-phone@example.com';
					await sandbox.tally.submit(answersOf(right));
					await executed(workflowId);
					expect(profileOf(right)).toMatchObject({ Phone: sampleAnswers.Phone });
					expect(await table.rows()).toEqual([]);
					expect(mailbox.messages()).toEqual([]);

					const wrong = 'wrong-phone@example.com';
					const { submissionId } = await sandbox.tally.submit(answersOf(wrong, { Phone: '4155550123' }));
					await executed(workflowId, 2);
					expect(profileOf(wrong)).toBeUndefined();
					expect(await table.rows()).toEqual([
						expect.objectContaining({
							submissionId,
							person: wrong,
							reason: expect.stringMatching(/^516: .*Phone/) as string,
							whatToDo: expect.stringContaining('+') as string,
						}),
					]);
					expect(mailbox.messages()).toMatchObject([
						{
							from: { address: 'n8n@example.com' },
							to: [{ address: 'team@example.com' }],
							subject: `CleverTap did not take submission ${submissionId}`,
							text: expect.stringMatching(/516: [^]*What to do: \S/) as string,
						},
					]);
					expect(mailbox.messages()[0]?.text).not.toMatch(/wrong-phone|4155550123|undefined/);
				},
			};
		})(),

		'feedback-by-polling.json': {
			fillIn: (draft) => checkingOften(draft, { acknowledge: 'finished' }),
			run: async (workflowId) => {
				expect(sandbox.tally.webhooks()).toEqual([]);
				const email = 'polled@example.com';
				await nextSecond();
				await sandbox.tally.submit(answersOf(email));
				await executed(workflowId);
				expect(profileOf(email)).toMatchObject({ Name: 'Ada Example', Email: email, 'Last Rating': 5 });
				expect(eventsOf(email)).toMatchObject([{ evtName: 'Feedback Given', evtData: { 'Rate us': 5, score: 19 } }]);
			},
		},

		'follow-up-abandoned-forms.json': {
			fillIn: (draft) => checkingOften(draft, { acknowledge: 'finished', abandonedAfter: 0.02 }),
			run: async (workflowId) => {
				const email = 'left@example.com';
				await nextSecond();
				const begun = [
					sandbox.tally.begin({ "What's your name?": 'Nobody Yet' }),
					sandbox.tally.begin({ "What's your name?": 'Ada Example', 'Your email': email }),
				];
				await executed(workflowId, 2);
				await until('it is an event', () => eventsOf(email).length > 0, 20_000);
				expect(eventsOf(email)).toMatchObject([
					{ evtName: 'Form Abandoned', evtData: { Form: 'Feedback', 'Questions Answered': 2 } },
				]);
				expect(sandbox.cleverTap.events().filter(({ evtName }) => evtName === 'Form Abandoned')).toHaveLength(1);
				for (const { submissionId } of begun) sandbox.tally.removeSubmission(submissionId);
			},
		},

		'partial-submissions.json': {
			run: async (workflowId) => {
				const first = 'partial-1@example.com';
				const second = 'partial-2@example.com';
				const begun = (email: string) => ({ "What's your name?": 'Ada Example', 'Your email': email });
				sandbox.tally.begin(begun(first));
				sandbox.tally.begin({ "What's your name?": 'Nobody Yet' });
				const before = sandbox.cleverTap.uploads().length;

				const hour = await atItsTime(workflowId, 'Every Hour');
				expect(hour.output('Partial Submissions')).toHaveLength(2);
				expect(profileOf(first)).toEqual({
					Name: 'Ada Example',
					Email: first,
					'Unfinished Form': 'Feedback',
					'Unfinished Since': expect.stringMatching(/^\$D_\d{10}$/) as string,
				});

				// Nothing new: nothing is sent again.
				await atItsTime(workflowId, 'Every Hour');
				expect(sandbox.cleverTap.uploads()).toHaveLength(before + 1);

				sandbox.tally.begin(begun(second));
				await atItsTime(workflowId, 'Every Hour');
				const sent = sandbox.cleverTap
					.uploads()
					.slice(before)
					.map(({ taken }) => taken.map(({ identity }) => identity));
				expect(sent).toEqual([[first], [second]]);
			},
		},

		'catch-up-at-start.json': {
			run: async (workflowId) => {
				const { tally, n8n } = sandbox;
				// Somebody else's receiver, and a trigger's address at this n8n where no workflow is published: both fail
				// until Tally gives up. An n8n that was stopped is in tally-node.test.ts.
				const path = `${randomUUID()}/webhook`;
				const others = await addWebhook(tally, gate.url);
				const own = await addWebhook(tally, `${n8n.url}/webhook/${path}`);
				const { submissionId } = await tally.submit();
				for (let attempt = 1; attempt <= 6; attempt++) (await gate.knock())(500);
				await tally.settled();
				const statusAt = (id: string) => tally.deliveries().find(({ webhookId }) => webhookId === id)?.deliveryStatus;
				expect([statusAt(own), statusAt(others)]).toEqual(['DROPPED', 'DROPPED']);

				const trigger = await n8n.client.createWorkflow({
					name: 'Stands for a trigger',
					nodes: [
						{
							id: randomUUID(),
							name: 'Webhook',
							type: 'n8n-nodes-base.webhook',
							typeVersion: 2,
							position: [0, 0],
							webhookId: randomUUID(),
							parameters: { httpMethod: 'POST', path, options: {} },
						},
					],
					connections: {},
					settings: { executionOrder: 'v1' },
				});
				await n8n.client.publish(trigger);
				const hour = await atItsTime(workflowId, 'Every Hour');
				expect(hour.output('Redeliver')).toMatchObject([
					{ submissionId, webhookId: own, notArrivedBecause: 'dropped', outcome: 'succeeded' },
				]);
				expect([statusAt(own), statusAt(others)]).toEqual(['SUCCEEDED', 'DROPPED']);
				await n8n.client.unpublish(trigger);
				for (const id of [own, others]) expect((await call(tally, 'DELETE', `/webhooks/${id}`)).status).toBe(204);
			},
		},

		'reconcile-daily.json': (() => {
			const missed = 'missed@example.com';
			const live = 'live@example.com';
			return {
				before: async () => {
					await sandbox.tally.submit(answersOf(missed));
				},
				run: async (workflowId) => {
					await sandbox.tally.submit(answersOf(live));
					await executed(workflowId);
					expect([eventsOf(missed), eventsOf(live)].map(({ length }) => length)).toEqual([0, 1]);
					for (let night = 1; night <= 2; night++) {
						await atItsTime(workflowId, 'Every Night');
						expect([eventsOf(missed), eventsOf(live)].map(({ length }) => length)).toEqual([1, 1]);
					}
				},
			};
		})(),

		'tally-to-tallyfy.json': {
			fillIn: (draft) => {
				const { organizationId, templateId } = tallyfy;
				const local = JSON.parse(
					JSON.stringify(draft).replaceAll('https://go.tallyfy.com/api', tallyfy.url),
				) as WorkflowDraft;
				const template = local.nodes.find(({ name }) => name === 'Your Template');
				const assignments = listAt(template, ['parameters', 'assignments', 'assignments']).map((assignment) => {
					const ids: Record<string, string> = { organizationId, templateId };
					const value = ids[textAt(assignment, ['name'])];
					return value === undefined ? assignment : { ...(assignment as object), value };
				});
				return withParameters(local, { 'Your Template': { assignments: { assignments } } });
			},
			run: async (workflowId) => {
				await sandbox.tally.submit(answersOf('process@example.com'));
				await executed(workflowId);
				await sandbox.tally.submit({ "What's your name?": 'Grace "G." Example', 'Your email': 'grace@example.com' });
				const execution = await executed(workflowId, 2);
				expect(tallyfy.processes()).toEqual([
					{
						name: 'Feedback: Ada Example',
						prerun: {
							'Customer name': 'Ada Example',
							'Customer email': 'process@example.com',
							Rating: '5',
							Comment: 'Keep going.\nSee you soon.',
						},
					},
					{
						name: 'Feedback: Grace "G." Example',
						prerun: { 'Customer name': 'Grace "G." Example', 'Customer email': 'grace@example.com' },
					},
				]);
				expect(tallyfy.complaints()).toEqual([]);
				expect(execution.output('Launch Process')).toMatchObject([{ data: { status: 'active' } }]);
			},
		},

		'ai-agent-profile-lookup.json': {
			run: async (workflowId) => {
				const { cleverTap } = sandbox;
				const email = 'known@example.com';
				const stored = await fetch(`${cleverTap.url}/1/upload`, {
					method: 'POST',
					headers: {
						'content-type': 'application/json',
						'x-clevertap-account-id': cleverTap.accountId,
						'x-clevertap-passcode': cleverTap.passcode,
					},
					body: JSON.stringify({
						d: [{ identity: 'customer-1', type: 'profile', profileData: { Email: email, Plan: 'Business' } }],
					}),
				});
				expect(await stored.json()).toMatchObject({ status: 'success' });

				await sandbox.tally.submit(answersOf(email));
				const execution = await executed(workflowId);
				expect(execution.output('AI Agent')).toEqual([{ output: 'CleverTap has the plan Business.' }]);
				const [asked] = chatModel.requests();
				expect(JSON.stringify(valueAt(asked, ['messages']))).toContain('See you soon.');
				// The model has no say in whose profile it is.
				expect(valueAt(asked, ['tools'])).toMatchObject([
					{ function: { name: 'Look_Up_Profile', parameters: { type: 'object', properties: {} } } },
				]);
			},
		},
	};

	return {
		sandbox,
		credentials,
		cases,
		published: () => {
			publishedAt = Date.now();
		},
		close: async () => {
			await Promise.all([sandbox, mailbox, tallyfy, chatModel, gate].map(async (open) => await open.close()));
		},
	};
}
