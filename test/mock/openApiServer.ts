import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyRequest } from 'fastify';
import { generateSync } from 'json-schema-faker';

import { describeBreak, loadContract } from '../../sandbox/contract';
import type { Contract } from '../../sandbox/contract';
import { plainRequest } from '../../sandbox/plainRequest';

export type Service = 'tally' | 'clevertap';

export interface OpenApiServerOptions {
	/** Whose description in sandbox/openapi the answers are made after. */
	service: Service;
	/** The same seed gives the same answers, whatever else is asked in between; default 1. */
	seed?: number;
	/** `success` (default): statuses below 300 alone. `described`: every status that the operation has. */
	answers?: 'success' | 'described';
	/** The share of optional members that are there, 0 to 1; default 0.5. */
	optionals?: number;
	/** Whether members that the description does not know are added where it allows them; default true. */
	unknownMembers?: boolean;
	/**
	 * From this answer of an operation on, no further page is offered and nothing is still being worked
	 * on; default 3.
	 */
	maxPages?: number;
	/** Changes an answer before it goes out, or puts a recorded one in its place; it must still be as described. */
	shape?: (answer: MockAnswer) => Pick<MockAnswer, 'status' | 'body'>;
}

export interface MockAnswer {
	operationId: string;
	/** Counts the answers of this operation, from 1. */
	number: number;
	status: number;
	/** JSON; undefined for an answer without a body. */
	body: unknown;
}

export interface MockRequest {
	method: string;
	/** With its query. */
	path: string;
	/** Undefined for what the description does not have; answered with 404. */
	operationId?: string;
	/** What of the request is not as described, one line each, without its values. */
	breaks: string[];
	/** Undefined where `shape` or the description failed; the message is in `breaks`. */
	answer?: MockAnswer;
}

export interface OpenApiServer {
	/** http://127.0.0.1:PORT, base of the API. */
	readonly url: string;
	/** Every operation of the description, in its order. */
	readonly operations: readonly string[];
	/** Every request, oldest first. */
	requests(): readonly MockRequest[];
	/** The operations that were asked so far. */
	asked(): ReadonlySet<string>;
	/** Everything that was wrong with the requests, one line each. */
	breaks(): string[];
	close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1 whose answers nobody wrote by hand: each is made at random after the
 * JSON schema of an API description, with optional members left out and unknown ones added. Requests
 * are checked against the description, and credentials are not looked at.
 *
 * Two things are not left to chance, since a client could do nothing with them: CleverTap's `status`
 * is one of the words that it has, and pages come to an end.
 */
export async function startOpenApiServer(options: OpenApiServerOptions): Promise<OpenApiServer> {
	const contract = await loadContract(`${options.service}.yaml`);
	const requests: MockRequest[] = [];
	const counts = new Map<string, number>();

	const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024 });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.all('*', async (request, reply) => {
		const seen = see(contract, request);
		requests.push(seen);
		if (seen.operationId === undefined) return await reply.code(404).send({ message: 'Not in the description' });
		const number = (counts.get(seen.operationId) ?? 0) + 1;
		counts.set(seen.operationId, number);
		try {
			seen.answer = mockAnswer(contract, seen.operationId, number, options);
		} catch (error) {
			seen.breaks.push(error instanceof Error ? error.message : String(error));
			return await reply.code(500).send({ message: 'No answer could be made' });
		}
		const { status, body } = seen.answer;
		if (body === undefined) return await reply.code(status).send();
		return await reply.code(status).type('application/json').send(JSON.stringify(body));
	});
	await app.listen({ host: '127.0.0.1', port: 0 });

	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
		operations: contract.operations,
		requests: () => requests,
		asked: () => new Set(counts.keys()),
		breaks: () => requests.flatMap(({ method, path, breaks }) => breaks.map((found) => `${method} ${path}: ${found}`)),
		close: async () => await app.close(),
	};
}

function see(contract: Contract, request: FastifyRequest): MockRequest {
	const { body, breaks } = jsonOf(request.body);
	const plain = plainRequest(request, body);
	const operationId = contract.operationId(plain.method, plain.path);
	breaks.push(
		...(operationId === undefined
			? ['is not in the API description']
			: contract.requestBreaks(operationId, plain).map(describeBreak)),
	);
	return {
		method: request.method,
		path: request.url,
		...(operationId === undefined ? {} : { operationId }),
		breaks,
	};
}

function jsonOf(text: unknown): { body?: unknown; breaks: string[] } {
	if (typeof text !== 'string' || text === '') return { breaks: [] };
	try {
		return { body: JSON.parse(text) as unknown, breaks: [] };
	} catch {
		return { breaks: ['the body is not JSON'] };
	}
}

/**
 * The answer of an operation to its request with this number.
 *
 * @throws Error if no answer could be made that is as the description says
 */
export function mockAnswer(
	contract: Contract,
	operationId: string,
	number: number,
	options: Omit<OpenApiServerOptions, 'service'>,
): MockAnswer {
	const random = randomNumbers(`${options.seed ?? 1} ${operationId} ${number}`);
	const chosen = pick(described(contract, operationId, options.answers ?? 'success'), random);
	const isValid = (body: unknown): boolean => contract.answerBreaks(operationId, chosen.status, body).length === 0;
	const isLast = number >= (options.maxPages ?? 3);
	const made =
		chosen.schema === undefined ? undefined : valueOf(chosen.schema, options.optionals ?? 0.5, random, isValid, isLast);
	if (made !== undefined && (options.unknownMembers ?? true)) addUnknownMembers(made, random, isValid);
	const answer: MockAnswer = { operationId, number, status: chosen.status, body: made };
	if (options.shape === undefined) return answer;
	const { status, body } = options.shape(answer);
	const breaks = body === undefined ? [] : contract.answerBreaks(operationId, status, body).map(describeBreak);
	if (breaks.length > 0) throw new Error(`the answer to ${operationId} is not as described: ${breaks.join('; ')}`);
	return { operationId, number, status, body };
}

function described(contract: Contract, operationId: string, which: 'success' | 'described') {
	const answers = contract.answersOf(operationId);
	return which === 'described' ? answers : answers.filter(({ status }) => status < 300);
}

/** How often a value is made anew before the schema counts as one that nothing fits. */
const MAX_ATTEMPTS = 100;

/** @throws Error if nothing was found that fits */
function valueOf(
	schema: Record<string, unknown>,
	optionals: number,
	random: () => number,
	isValid: (body: unknown) => boolean,
	isLast: boolean,
): unknown {
	for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
		const made: unknown = generateSync(withMapMembers(schema, random) as Record<string, unknown>, {
			seed: Math.floor(random() * 2 ** 31),
			optionalsProbability: optionals,
			maxDefaultItems: 3,
		});
		const body = JSON.parse(JSON.stringify(made)) as unknown;
		if (isRecord(body)) {
			useKnownStatus(body, isValid);
			if (isLast) endPages(body);
		}
		if (isValid(body) && !(isLast && isRecord(body) && body.status === 'partial')) return body;
	}
	throw new Error('no value was found that fits the schema');
}

/** A map, whose members have no names of their own, gets up to two of them: it would always be empty. */
function withMapMembers(schema: unknown, random: () => number): unknown {
	if (Array.isArray(schema)) return schema.map((part) => withMapMembers(part, random));
	if (!isRecord(schema)) return schema;
	const parts = Object.entries(schema).map(([name, part]) => [name, withMapMembers(part, random)] as const);
	const isMap = schema.type === 'object' && schema.properties === undefined && isRecord(schema.additionalProperties);
	return { ...Object.fromEntries(parts), ...(isMap ? { minProperties: Math.floor(random() * 3) } : {}) };
}

const statuses = ['success', 'partial', 'fail'];

/** A word of chance as CleverTap's `status` would make a refusal of every answer. */
function useKnownStatus(body: Record<string, unknown>, isValid: (body: unknown) => boolean): void {
	const { status } = body;
	if (typeof status !== 'string' || statuses.includes(status)) return;
	body.status = 'success';
	if (!isValid(body)) body.status = status;
}

function endPages(body: Record<string, unknown>): void {
	if (body.hasMore === true) body.hasMore = false;
	delete body.next_cursor;
}

const unknownNames = ['addedLater', 'x_new', 'constructor', '__proto__'];
const unknownValues = [null, true, 7, 'unknown', ['unknown'], { unknown: { deeper: [] } }];

/** Adds a member to every other object, as far as what comes of it is still valid. */
function addUnknownMembers(body: unknown, random: () => number, isValid: (body: unknown) => boolean): void {
	for (const record of recordsIn(body)) {
		if (random() < 0.5) continue;
		const name = pick(unknownNames, random);
		const value = structuredClone(pick(unknownValues, random));
		// `record.__proto__ = …` would set no member.
		Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
		if (!isValid(body)) Reflect.deleteProperty(record, name);
	}
}

function recordsIn(value: unknown): Array<Record<string, unknown>> {
	if (Array.isArray(value)) return value.flatMap(recordsIn);
	return isRecord(value) ? [value, ...Object.values(value).flatMap(recordsIn)] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers from 0 to below 1, the same ones for the same text. */
function randomNumbers(seed: string): () => number {
	let count = 0;
	return () => {
		count += 1;
		return createHash('sha256').update(`${seed} ${count}`).digest().readUInt32BE(0) / 2 ** 32;
	};
}

function pick<T>(choices: readonly T[], random: () => number): T {
	const chosen = choices[Math.floor(random() * choices.length)];
	if (chosen === undefined) throw new Error('there is nothing to choose from');
	return chosen;
}
