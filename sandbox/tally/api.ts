import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { describeBreak } from '../contract';
import type { Contract } from '../contract';
import { plainRequest } from '../plainRequest';
import { proxyPage } from '../proxy';
import type { Account } from './account';
import { isPublicAddress } from './addresses';
import { blocksOf } from './blocks';
import { analyticsRoutes } from './analyticsRoutes';
import { TallyRefusal, invalid, notFound, tooMany } from './errors';
import type { Form } from './form';
import { formRoutes } from './formRoutes';
import type { Incidents, Outage } from './incidents';
import { firstWorkspaceId } from './organization';
import type { User } from './organization';
import { organizationRoutes } from './organizationRoutes';
import { pageOf } from './paging';
import { restForm } from './restForm';
import { existingForm } from './route';
import type { Context, Route } from './route';
import { questionsOf, submissionRoutes } from './submissionRoutes';
import { webhookRoutes } from './webhookRoutes';
import { workspaceRoutes } from './workspaceRoutes';

/** What the next request to the REST API gets instead of its answer. */
export interface ApiFault {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

export interface ApiOptions {
	account: Account;
	contract: Contract;
	apiKey: string;
	refuseLocalAddresses: boolean;
	violations: string[];
	faults: ApiFault[];
	incidents: Incidents;
	requests: ApiRequest[];
	/** More requests than this in a minute are answered with 429. */
	requestsPerMinute: number;
}

/** A request to the REST API, in the order of arrival. */
export interface ApiRequest {
	method: string;
	/** With its query. */
	path: string;
	/** 0 while it is being answered. */
	status: number;
	/** When it came, by this machine's clock. */
	at: number;
	/** Missing where a request was turned away before it was looked at. */
	operationId?: string;
}

/**
 * The REST routes. Each request is checked against the OpenAPI description before its handler sees
 * it.
 */
export function registerApi(app: FastifyInstance, options: ApiOptions): void {
	const { account, contract, violations } = options;

	const route: Route = (method, path, handle) => {
		app.route({
			method,
			url: path,
			handler: async (request, reply) => {
				const note: ApiRequest = { method, path: request.url, status: 0, at: Date.now() };
				options.requests.push(note);
				reply.raw.on('finish', () => (note.status = reply.statusCode));
				if (isTooMany(options)) return await reply.code(429).send(tooMany().body());
				const outage = options.incidents.ofRequest(method, request.url);
				if (outage !== undefined) return await breakDown(reply, outage);
				const fault = options.faults.shift();
				if (fault) {
					return await reply
						.code(fault.status)
						.headers(fault.headers ?? {})
						.send(fault.body ?? '');
				}
				if (request.headers.authorization !== `Bearer ${options.apiKey}`) {
					return await unauthorized(reply);
				}
				try {
					const operationId = check(request);
					note.operationId = operationId;
					const { status, body } = handle(contextOf(request, account));
					for (const problem of contract.answerBreaks(operationId, status, body ?? null)) {
						violations.push(`own answer to ${operationId}: ${describeBreak(problem)}`);
					}
					return await reply.code(status).send(body);
				} catch (error) {
					if (!(error instanceof TallyRefusal)) throw error;
					if (error.errorType === 'UNAUTHORIZED') return await unauthorized(reply);
					return await reply.code(error.status).send(error.body());
				}
			},
		});
	};

	/** @returns the operation's id */
	const check = (request: FastifyRequest): string => {
		const plain = plainRequest(request, request.body ?? undefined);
		const operationId = contract.operationId(plain.method, plain.path);
		if (operationId === undefined) throw notFound('Path');
		const problems = contract.requestBreaks(operationId, plain).map(describeBreak);
		if (problems.length === 0) return operationId;
		violations.push(...problems.map((text) => `${plain.method} ${plain.path}: ${text}`));
		throw invalid(problems);
	};

	const checkAddress = (url: string): void => {
		if (!/^https?:\/\//i.test(url)) throw invalid(['url must be a valid URL']);
		if (options.refuseLocalAddresses && !isPublicAddress(url)) {
			throw invalid(['url must be a public URL']);
		}
	};

	route('GET', '/users/me', () => ({ status: 200, body: currentUser(account.owner) }));

	route('GET', '/forms', ({ query, headers }) => {
		const workspaces = [query.workspaceIds].flat().filter((id) => id !== undefined);
		const forms = account.forms.filter(
			(form) => workspaces.length === 0 || workspaces.includes(form.workspaceId ?? firstWorkspaceId),
		);
		const { items, page, limit, total, hasMore } = pageOf(
			forms.map((form) => restForm(form, account)),
			query,
			50,
		);
		// Keys made before 2025-02-01, or this header, get the older shape (Tally API reference, versioning).
		const body = headers['tally-version'] === '2025-01-15' ? items : { items, page, limit, total, hasMore };
		return { status: 200, body };
	});

	route('GET', '/forms/:formId', ({ params }) => {
		const form = existingForm(account, params);
		return {
			status: 200,
			body: {
				...restForm(form, account),
				settings: { language: 'en', isClosed: false, hasPartialSubmissions: false, ...form.settings },
				blocks: blocksOf(form),
			},
		};
	});

	route('GET', '/forms/:formId/questions', ({ params }) => {
		const form = existingForm(account, params);
		return {
			status: 200,
			body: {
				questions: questionsOf(form, account),
				hasResponses: account.submissionsOf(form.id).length > 0,
			},
		};
	});

	submissionRoutes(route);
	formRoutes(route, (formId, questionId) =>
		questionsOf(account.form(formId) as Form, account).find(({ id }) => id === questionId),
	);
	workspaceRoutes(route);
	organizationRoutes(route);
	analyticsRoutes(route);
	webhookRoutes(route, checkAddress);
}

/** Whether this request, the last of those noted, is one too many in the minute before it. */
function isTooMany({ requests, requestsPerMinute }: ApiOptions): boolean {
	if (requestsPerMinute === Infinity) return false;
	const since = Date.now() - 60_000;
	const recent = requests.filter(({ at, status }) => at > since && status !== 429);
	return recent.length > requestsPerMinute;
}

function contextOf(request: FastifyRequest, account: Account): Context {
	return {
		account,
		params: request.params as Record<string, string>,
		query: request.query as Record<string, string>,
		headers: request.headers,
		body: request.body,
	};
}

/** What a client gets while the API is out of order. */
async function breakDown(reply: FastifyReply, outage: Outage): Promise<FastifyReply> {
	if (outage === 'silence') return reply.hijack();
	if (outage === 'reset' || outage === 'refused') {
		reply.raw.socket?.resetAndDestroy();
		return reply.hijack();
	}
	const { status, headers, body } = proxyPage(outage);
	return await reply.code(status).headers(headers).send(body);
}

async function unauthorized(reply: FastifyReply): Promise<FastifyReply> {
	return await reply.code(401).type('text/plain').send('Unauthorized');
}

/** Made up; the real answer holds the undocumented secret `authorizationToken` too (observed live). */
function currentUser(owner: User): Record<string, unknown> {
	return {
		...owner,
		authorizationToken: 'sandbox-authorization-token',
		emailDomain: 'example.com',
		isOrganizationOwner: true,
		timezone: 'Europe/Brussels',
	};
}
