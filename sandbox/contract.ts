import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { OpenAPIBackend } from 'openapi-backend';
import type { Document } from 'openapi-backend';
import { parse } from 'yaml';

/** A request as the validator needs it; `body` is the parsed JSON, undefined if there is none. */
export interface PlainRequest {
	method: string;
	/** Path without the query. */
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string | string[]>;
	body?: unknown;
}

/** One way in which a value breaks a schema; it names places and rules, never the value itself. */
export interface Break {
	/** JSON pointer into the value, '' for the value as a whole. */
	at: string;
	/** The JSON Schema keyword that was broken. */
	rule: string;
	text: string;
}

/** One answer of an operation. */
export interface DescribedAnswer {
	status: number;
	/** Of its JSON, without references; undefined for an answer that has none. */
	schema?: Record<string, unknown>;
}

/** An OpenAPI 3.1 description as something to check requests and answers against. */
export interface Contract {
	/** Every operation, in the order of the description. */
	readonly operations: readonly string[];
	/** The answers that an operation is described to give, in the order of the description. */
	answersOf(operationId: string): DescribedAnswer[];
	/** The operation that a method and a path belong to, or undefined. */
	operationId(method: string, path: string): string | undefined;
	/** What is wrong with a request to a known operation; empty if nothing. */
	requestBreaks(operationId: string, request: PlainRequest): Break[];
	/** What is wrong with our own JSON answer; empty if nothing or if the status has no schema. */
	answerBreaks(operationId: string, status: number, body: unknown): Break[];
	/** A check against one of the description's component schemas. */
	schema(name: string): (value: unknown) => Break[];
}

const loaded = new Map<string, Promise<Contract>>();

/**
 * Loads an API description, once per process.
 *
 * @param file name of a file in sandbox/openapi
 */
export async function loadContract(file: string): Promise<Contract> {
	const known = loaded.get(file) ?? load(file);
	loaded.set(file, known);
	return await known;
}

async function load(file: string): Promise<Contract> {
	const definition = parse(readFileSync(join(__dirname, 'openapi', file), 'utf8')) as Document;
	const api = new OpenAPIBackend({
		definition,
		quick: true,
		// OpenAPI 3.1 schemas are JSON Schema 2020-12, which ajv's default class does not speak.
		customizeAjv: (_ajv, options) => addFormats(new Ajv2020(options)),
		ajvOpts: { strict: false, allErrors: true },
	});
	await api.init();
	const schemas: Record<string, unknown> = api.definition.components?.schemas ?? {};
	const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));

	const operations = api.getOperations();
	return {
		operations: operations.flatMap(({ operationId }) => operationId ?? []),
		answersOf: (operationId) => {
			const found = operations.find((operation) => operation.operationId === operationId);
			return Object.entries<unknown>(found?.responses ?? {}).map(([status, answer]) => ({
				// `2XX` is any of them.
				status: Number(status.replace('XX', '00')),
				schema: jsonSchemaOf(answer),
			}));
		},
		operationId: (method, path) => api.router.matchOperation({ method, path, headers: {} })?.operationId,
		requestBreaks: (operationId, request) => breaksOf(api.validator.validateRequest(request, operationId).errors),
		answerBreaks: (operationId, status, body) =>
			breaksOf(api.validator.validateResponse(body, operationId, status).errors),
		schema: (name) => {
			const schema = schemas[name];
			if (typeof schema !== 'object' || schema === null) {
				throw new Error(`${file} has no schema ${name}`);
			}
			const validate = ajv.compile(schema);
			return (value) => (validate(value) ? [] : breaksOf(validate.errors));
		},
	};
}

function jsonSchemaOf(answer: unknown): Record<string, unknown> | undefined {
	const { content } = answer as { content?: Record<string, { schema?: Record<string, unknown> }> };
	return content?.['application/json']?.schema;
}

/** A break as one line of a violation log. */
export function describeBreak({ at, text }: Break): string {
	return at === '' ? text : `${at} ${text}`;
}

function breaksOf(errors: ErrorObject[] | null | undefined): Break[] {
	return (errors ?? []).map((error) => ({
		at: error.instancePath,
		rule: error.keyword,
		text: `${error.message ?? 'is not as described'}${detail(error)}`,
	}));
}

/** Names what ajv's sentence leaves out: which member is unknown, which values are allowed. */
function detail(error: ErrorObject): string {
	const params: Record<string, unknown> = error.params;
	if (typeof params.additionalProperty === 'string') return `: ${params.additionalProperty}`;
	if (Array.isArray(params.allowedValues)) return `: ${params.allowedValues.join(', ')}`;
	return '';
}
