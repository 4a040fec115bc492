import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance } from 'fastify';
import { loadContract } from '../contract';
import { Account } from './account';
import type { SampleAnswers } from './answers';
import { registerApi } from './api';
import type { ApiFault, ApiRequest } from './api';
import type { WebhookDelivery } from './deliveries';
import { TallyRefusal, invalid, notFound } from './errors';
import type { Form, TextsAs } from './form';
import { usualHabits } from './habits';
import type { Habits } from './habits';
import { Incidents } from './incidents';
import type { Incident } from './incidents';
import type { Plan } from './organization';
import { registerPages } from './pages/routes';
import { loadPast } from './past';
import type { Past } from './past';
import { sampleAnswers, sampleForm } from './sampleForm';
import type { Webhook } from './webhook';

export interface LocalTallyOptions extends Partial<Habits> {
	/** Default: a free one. */
	port?: number;
	/** Default `tly-sandbox`. */
	apiKey?: string;
	/**
	 * Real milliseconds per millisecond of the retry ladder (5 min, 30 min, 1 h, 6 h, 1 day);
	 * default 1.
	 */
	timeScale?: number;
	/** How long a delivery may take, in milliseconds; default 10 000. */
	deliveryTimeoutMs?: number;
	/** Webhooks at an address that the internet can't reach are answered with 400; default false. */
	refuseLocalAddresses?: boolean;
	/** Where the blocks of the sample form have their texts; default `safeHTMLSchema`, as live forms have it. */
	textsAs?: TextsAs;
	/** Whether the sample form keeps what was begun and not sent; default false, as in a free account. */
	keepsPartials?: boolean;
	/** What the account may do; default `FREE`. */
	plan?: Plan;
	/** More requests in a minute are answered with 429; default: no limit. */
	requestsPerMinute?: number;
}

export interface LocalTally {
	/** http://127.0.0.1:PORT, base of the REST API and of the pages. */
	readonly url: string;
	readonly apiKey: string;
	/** The sample form "Feedback", which has every type of question. */
	readonly formId: string;
	/** The page on which a person fills in the sample form. */
	formUrl(): string;
	/**
	 * Sends the sample form (or `formId`) as a person would; starts its deliveries without waiting
	 * for them. Without answers the made-up full set is sent; with answers, exactly these, and the
	 * rest stays unanswered.
	 */
	submit(answers?: SampleAnswers, formId?: string): Promise<{ submissionId: string; respondentId: string }>;
	/** Keeps a submission of the sample form (or `formId`) that was begun and not sent. */
	begin(answers: SampleAnswers, formId?: string): { submissionId: string };
	/** Changes one that was begun. */
	goOn(submissionId: string, answers: SampleAnswers): void;
	/** Completes one that was begun: it is delivered like any other. */
	complete(submissionId: string, answers: SampleAnswers): void;
	/** Requests to the REST API, newest last. */
	requests(): readonly ApiRequest[];
	webhooks(): readonly Webhook[];
	/** The delivery log, newest last. */
	deliveries(): readonly WebhookDelivery[];
	/** Requests that broke the API description, one line each, without their values. */
	violations(): readonly string[];
	/** Adds a form; `sampleForm`, `consentsForm` and `buildForm` make one. */
	addForm(form: Form): void;
	/** Moves a form to the trash. */
	trashForm(formId: string): void;
	/** Takes it out again. */
	restoreForm(formId: string): void;
	/**
	 * Removes a webhook, as a person does in Tally. It gets nothing more, and its log is answered with
	 * 404; `deliveries` still has it.
	 */
	removeWebhook(webhookId: string): void;
	/** Switches a webhook off or on, as a person does in Tally. One that is off gets no new submissions. */
	switchWebhook(webhookId: string, isEnabled: boolean): void;
	/** Removes a submission, as a person does in Tally; what the log has of it stays. */
	removeSubmission(submissionId: string): void;
	/** Enters submissions of long ago, with a log that says that they arrived; returns their ids, oldest first. */
	loadPast(past: Past): string[];
	/** Changes how Tally behaves from now on. */
	behave(habits: Partial<Habits>): void;
	/**
	 * Lets something go wrong until the returned function is called, which is to be awaited:
	 * `const end = tally.incident({ api: 'refused' })`.
	 */
	incident(incident: Incident): () => Promise<void>;
	/** The next request to the REST API gets this answer instead of its own; several queue up. */
	failNext(fault: ApiFault): void;
	/** Resolves when nothing is being delivered or waits for a retry. */
	settled(): Promise<void>;
	/** Whether that is so now. */
	isSettled(): boolean;
	/** Ends the server, deliveries under way and retries that wait. */
	close(): Promise<void>;
}

/**
 * Starts a local Tally on 127.0.0.1 with one form, no submissions and no webhooks. Nothing is kept
 * on disk.
 */
export async function startTally(options: LocalTallyOptions = {}): Promise<LocalTally> {
	const apiKey = options.apiKey ?? 'tly-sandbox';
	const violations: string[] = [];
	const faults: ApiFault[] = [];
	let url = '';
	const habits: Habits = { ...usualHabits };
	const behave = (change: Partial<Habits>): void => {
		for (const name of Object.keys(usualHabits) as Array<keyof Habits>) {
			if (change[name] !== undefined) Object.assign(habits, { [name]: change[name] });
		}
	};
	behave(options);
	const app = Fastify({ forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024 });
	const incidents = new Incidents({
		shut: () => {
			app.server.close();
			app.server.closeAllConnections();
		},
		open: async () => {
			await new Promise<void>((resolve) => app.server.listen(Number(new URL(url).port), '127.0.0.1', resolve));
		},
	});
	const account = new Account({
		origin: () => url,
		habits,
		incidents,
		timeScale: options.timeScale ?? 1,
		deliveryTimeoutMs: options.deliveryTimeoutMs ?? 10_000,
		plan: options.plan ?? 'FREE',
	});
	const requests: ApiRequest[] = [];
	const form: Form = { ...sampleForm('GxdRaQ'), textsAs: options.textsAs };
	if (options.keepsPartials === true) form.settings = { ...form.settings, hasPartialSubmissions: true };
	account.forms.push(form);

	app.addHook('onRequest', async (_request, reply) => void reply.header('date', account.now().toUTCString()));
	readJson(app);
	refuseInTallysWords(app, violations);
	registerApi(app, {
		account,
		contract: await loadContract('tally.yaml'),
		apiKey,
		refuseLocalAddresses: options.refuseLocalAddresses ?? false,
		violations,
		faults,
		incidents,
		requests,
		requestsPerMinute: options.requestsPerMinute ?? Infinity,
	});
	registerPages(app, account);
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

	const formOf = (submissionId: string): string => {
		const found = account.submissions.find(({ id }) => id === submissionId);
		if (!found) throw new Error(`No submission ${submissionId}`);
		return found.formId;
	};

	return {
		url,
		apiKey,
		formId: form.id,
		formUrl: () => `${url}/r/${form.id}`,
		submit: async (answers = sampleAnswers, formId = form.id) => {
			const { id, respondentId } = account.submit(formId, answers);
			return await Promise.resolve({ submissionId: id, respondentId });
		},
		begin: (answers, formId = form.id) => ({ submissionId: account.begin(formId, answers).id }),
		goOn: (submissionId, answers) => void account.goOn(formOf(submissionId), answers, submissionId),
		complete: (submissionId, answers) => void account.submit(formOf(submissionId), answers, submissionId),
		requests: () => requests,
		webhooks: () => account.webhooks,
		deliveries: () => account.deliveries.log(),
		violations: () => violations,
		addForm: (added) => {
			account.forms.push(added);
			account.changed();
		},
		trashForm: (formId) => account.trashForm(formId),
		restoreForm: (formId) => account.restoreForm(formId),
		removeWebhook: (webhookId) => account.removeWebhook(webhookId),
		switchWebhook: (webhookId, isEnabled) => account.switchWebhook(webhookId, isEnabled),
		removeSubmission: (submissionId) => void account.removeSubmission(formOf(submissionId), submissionId),
		loadPast: (past) => loadPast(account, form.id, past),
		behave,
		incident: (incident) => incidents.begin(incident),
		failNext: (fault) => {
			faults.push(fault);
		},
		isSettled: () => account.deliveries.isIdle(),
		settled: async () => await account.deliveries.settled(),
		close: async () => {
			account.deliveries.close();
			await app.close();
		},
	};
}

/** An empty body is fine even where a client announces JSON: some do so on DELETE. */
function readJson(app: FastifyInstance): void {
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
		try {
			const parsed: unknown = body === '' ? undefined : JSON.parse(String(body));
			done(null, parsed);
		} catch {
			done(invalid(['The body is not JSON']));
		}
	});
}

/** Bodies that can't be read and paths that don't exist get Tally's error shape, not the server's. */
function refuseInTallysWords(app: FastifyInstance, violations: string[]): void {
	app.setErrorHandler(async (error, request, reply) => {
		if (!(error instanceof TallyRefusal)) {
			const status = (error as FastifyError).statusCode ?? 500;
			return await reply.code(status).send({ message: (error as Error).message, errorType: 'ERROR' });
		}
		violations.push(`${request.method} ${request.url}: ${error.problems.join(', ')}`);
		return await reply.code(error.status).send(error.body());
	});
	app.setNotFoundHandler(async (request, reply) => {
		if (request.headers.authorization !== undefined) {
			violations.push(`${request.method} ${request.url}: is not in the API description`);
		}
		return await reply.code(404).send(notFound('Path').body());
	});
}
