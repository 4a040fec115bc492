import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { describeBreak } from '../contract';
import type { Contract } from '../contract';
import { plainRequest } from '../plainRequest';
import { fixedAnswer, tooMany } from './faults';
import type { Fault, ReadFault } from './faults';
import { addCampaigns } from './campaignRoutes';
import { addCounts } from './counts';
import { addExports } from './exports';
import { isJson } from './record';
import { addReports } from './reports';
import { success } from './route';
import type { AddRoute } from './route';
import { addSegments } from './segmentRoutes';
import type { State } from './state';
import { uploadCheck } from './upload';
import type { UploadOutcome } from './upload';
import { seeUpload } from './uploads';
import type { SeenUpload } from './uploads';
import { addUpkeep } from './upkeep';

export interface SeenRequest {
	method: string;
	path: string;
	status: number;
	/** How many records an upload carried. */
	records?: number;
}

export interface ApiOptions {
	state: State;
	contract: Contract;
	accountId: string;
	passcode: string;
	delayMs: number;
	parallelLimit: number;
	discarded: readonly string[];
	requests: SeenRequest[];
	violations: string[];
	/** What the upload with this number meets, counted from 1. */
	faultOf: (number: number) => Fault | undefined;
	/** What the next request that is no upload meets. */
	readFault: () => ReadFault | undefined;
	uploads: SeenUpload[];
}

const unauthorized = (error: string) => ({ status: 'fail', error, code: 401 });

/** The REST routes; paths that this part does not know get what a real host gives: 200 and nothing. */
export function registerApi(app: FastifyInstance, options: ApiOptions): void {
	const { state, contract, violations, requests } = options;
	const checkUpload = uploadCheck(contract);
	let uploading = 0;

	/** Notes an answer of our own that the API description would not have. */
	const checkAnswer = (request: FastifyRequest, status: number, body: unknown): void => {
		const operationId = contract.operationId(request.method, pathOf(request));
		if (operationId === undefined) return;
		const breaks = contract.answerBreaks(operationId, status, body);
		violations.push(...breaks.map((found) => `own answer to ${operationId}: ${describeBreak(found)}`));
	};

	const answer = async (
		request: FastifyRequest,
		reply: FastifyReply,
		status: number,
		body: unknown,
		records?: number,
		slowMs = 0,
	): Promise<FastifyReply> => {
		const path = pathOf(request);
		if (typeof body === 'object') checkAnswer(request, status, body);
		requests.push({
			method: request.method,
			path,
			status,
			...(records === undefined ? {} : { records }),
		});
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return await reply
			.code(status)
			.type('application/json;charset=utf-8')
			.send(slowMs > 0 ? Readable.from(inHalves(text, slowMs)) : text);
	};

	const credentialsProblem = (request: FastifyRequest): string | undefined => {
		if (request.headers['x-clevertap-account-id'] !== options.accountId) return 'Account ID is not valid';
		if (request.headers['x-clevertap-passcode'] !== options.passcode) return 'Invalid Credentials';
		return undefined;
	};

	const note = (request: FastifyRequest, problems: string[]): void => {
		violations.push(...problems.map((text) => `${request.method} ${pathOf(request)}: ${text}`));
	};

	/** Breaks of everything but an upload's body, which gets a verdict per record. */
	const contractBreaks = (request: FastifyRequest, body: unknown): string[] => {
		const plain = plainRequest(request, body);
		const operationId = contract.operationId(plain.method, plain.path);
		if (operationId === undefined) return ['is not in the API description'];
		return contract.requestBreaks(operationId, plain).map(describeBreak);
	};

	app.post('/1/upload', async (request, reply) => {
		const fault = options.faultOf(options.uploads.length + 1);
		const upload = seeUpload(options.uploads, reply.raw, fault);
		if (fault === 'resetBefore') return reset(request, reply, requests);
		if (fault === 'timeout') return silence(request, reply, requests);
		const instead = fixedAnswer(fault);
		if (instead) return await answer(request, reply.headers(instead.headers), instead.status, instead.text);
		const problem = credentialsProblem(request);
		if (problem !== undefined) return await answer(request, reply, 401, unauthorized(problem));
		if (uploading >= options.parallelLimit) {
			return await answer(request, reply, 429, tooMany);
		}
		uploading += 1;
		try {
			if (options.delayMs > 0) await wait(options.delayMs);
			const parsed = parseBody(request.body);
			if (!parsed.ok) return await answer(request, reply, 400, parsed.refusal);
			const records = countRecords(parsed.body);
			const queryBreaks = contractBreaks(request, undefined).filter(
				(text) => text.startsWith('/query') || text.startsWith('/header'),
			);
			note(request, queryBreaks);
			const outcome = checkUpload(parsed.body, options.discarded);
			if (typeof fault === 'object' && 'refusedRecord' in fault) {
				refuseRecord(outcome, parsed.body, fault.refusedRecord);
			}
			note(request, outcome.violations);
			if (outcome.malformed || queryBreaks.length > 0) {
				return await answer(request, reply, 400, malformed, records);
			}
			if (!isDryRun(request) && outcome.accepted.length > 0) {
				for (const { record, data } of outcome.accepted) state.store(record, data);
				upload.taken = outcome.accepted.map(({ record }) => record);
				state.changed();
			}
			if (fault === 'resetAfter') return reset(request, reply, requests, records);
			const { unprocessed } = outcome;
			const processed = (records ?? 0) - unprocessed.length;
			const status = unprocessed.length === 0 ? 'success' : processed === 0 ? 'fail' : 'partial';
			const slowMs = typeof fault === 'object' && 'slowMs' in fault ? fault.slowMs : 0;
			const body = { status, processed, unprocessed };
			return await answer(request, reply, 200, body, records, slowMs);
		} finally {
			uploading -= 1;
		}
	});

	const read: AddRoute = (method, path, handle) => {
		app.route({
			method,
			url: path,
			handler: async (request, reply) => {
				const fault = options.readFault();
				if (fault === 'resetBefore') return reset(request, reply, requests);
				if (fault === 'timeout') return silence(request, reply, requests);
				const instead = fixedAnswer(fault);
				if (instead) return await answer(request, reply.headers(instead.headers), instead.status, instead.text);
				const problem = credentialsProblem(request);
				if (problem !== undefined) return await answer(request, reply, 401, unauthorized(problem));
				const parsed = method === 'GET' ? { ok: true as const, body: undefined } : parseBody(request.body);
				if (!parsed.ok) return await answer(request, reply, 400, parsed.refusal);
				const breaks = contractBreaks(request, parsed.body);
				const query = request.query as Record<string, string | undefined>;
				if (path === '/1/profile.json' && Object.keys(query).length !== 1) {
					breaks.push('does not send exactly one of identity, email and objectId');
				}
				note(request, breaks);
				if (breaks.length > 0) return await answer(request, reply, 400, malformed);
				const body = isJson(parsed.body) ? parsed.body : {};
				const rawQuery = request.url.split('?').slice(1).join('?');
				const answered = handle({ query, rawQuery, body, json: parsed.body });
				if (fault === 'resetAfter') return reset(request, reply, requests);
				return await answer(request, reply, answered.status ?? 200, answered.body);
			},
		});
	};

	read('GET', '/1/profile.json', ({ query: { identity, email, objectId } }) => {
		const found =
			identity !== undefined || objectId !== undefined
				? state.profiles.find({
						...(identity === undefined ? {} : { identity }),
						...(objectId === undefined ? {} : { objectId }),
					})
				: state.profiles.findByEmail(email ?? '');
		return success({ record: found ? state.profileJson(found) : null });
	});

	read('POST', '/1/now.json', ({ body }) => {
		const now = Math.floor(Date.now() / 1000);
		const active = new Set(state.events.filter(({ ts }) => ts > now - 300).map((event) => state.profiles.find(event)));
		const parts = Object.keys(body).filter((part) => body[part] === true);
		const figures = Object.fromEntries(parts.map((part) => [part, { unknown: active.size }]));
		return success({ count: active.size, last_processed_ts: now, ...figures });
	});

	read('GET', '/getSchema', ({ query: { type } }) => ({
		body:
			type === 'events'
				? { events: named(state.events.map(({ evtName }) => evtName)) }
				: {
						userProperties: named(state.profiles.all().flatMap(({ profileData }) => Object.keys(profileData))),
					},
	}));

	addExports(read, state);
	addCounts(read, state);
	addUpkeep(read, state);
	addCampaigns(read, state);
	addReports(read, state);
	addSegments(read, state);

	app.setNotFoundHandler(async (request, reply) => {
		// A browser asks for an icon of its own accord.
		if (pathOf(request) !== '/favicon.ico') note(request, ['is not part of this sandbox']);
		return await answer(request, reply, 200, '');
	});
}

const malformed = { status: 'fail', error: 'Malformed request', code: 400 };

function pathOf(request: FastifyRequest): string {
	return request.url.split('?')[0] ?? request.url;
}

function isDryRun(request: FastifyRequest): boolean {
	return (request.query as Record<string, string>).dryRun === '1';
}

type Parsed = { ok: true; body: unknown } | { ok: false; refusal: unknown };

function parseBody(raw: unknown): Parsed {
	const text = Buffer.isBuffer(raw) ? raw.toString('utf8') : '';
	try {
		return { ok: true, body: JSON.parse(text) };
	} catch {
		// Comments get words of their own (CleverTap docs, errors).
		const hasComments = /(^|[\s,{[}\]])(\/\/|\/\*)/.test(text);
		return {
			ok: false,
			refusal: hasComments ? { status: 'fail', error: 'Remove comments from JSON', code: 400 } : malformed,
		};
	}
}

/** Takes a record that passed every check out again, with the code of CleverTap's own trouble. */
function refuseRecord(outcome: UploadOutcome, body: unknown, number: number): void {
	const records = isJson(body) && Array.isArray(body.d) ? (body.d as unknown[]) : [];
	const index = (number - 1) % Math.max(records.length, 1);
	const record = records[index];
	const at = outcome.accepted.findIndex((accepted) => accepted.record === record);
	if (at < 0 || !isJson(record)) return;
	outcome.accepted.splice(at, 1);
	const error = `Internal error. Skipped record number : ${index + 1}`;
	outcome.unprocessed.push({ status: 'fail', code: 555, error, record });
}

async function* inHalves(text: string, slowMs: number): AsyncGenerator<string> {
	const middle = Math.ceil(text.length / 2);
	yield text.slice(0, middle);
	await wait(slowMs);
	yield text.slice(middle);
}

function countRecords(body: unknown): number | undefined {
	return isJson(body) && Array.isArray(body.d) ? body.d.length : undefined;
}

function named(names: string[]): Array<{ name: string }> {
	return [...new Set(names)].map((name) => ({ name }));
}

/** Breaks the connection without an answer. */
function reset(request: FastifyRequest, reply: FastifyReply, requests: SeenRequest[], records?: number): FastifyReply {
	requests.push({
		method: request.method,
		path: pathOf(request),
		status: 0,
		...(records === undefined ? {} : { records }),
	});
	reply.hijack();
	request.raw.socket.resetAndDestroy();
	return reply;
}

/** Leaves the request without an answer; it ends with the client's patience or with the server. */
function silence(request: FastifyRequest, reply: FastifyReply, requests: SeenRequest[]): FastifyReply {
	requests.push({ method: request.method, path: pathOf(request), status: 0 });
	reply.hijack();
	return reply;
}
