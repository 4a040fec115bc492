import { NodeApiError, NodeOperationError, type INodeExecutionData } from 'n8n-workflow';

import { unless } from '../support/fuzz';

/** Names of the errors that JavaScript throws where a programme is wrong. */
const MISTAKES = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'URIError']);

/** How they begin, where somebody has put their words into an item's own error. */
const MISTAKE = /^"(?:Cannot |Maximum call stack|Converting circular|URI malformed|Invalid time value)/;

/** What is wrong with an error: all that leaves a node are n8n's own, made by the node. */
export function wrongWith(error: unknown, secret: string): string[] {
	if (!(error instanceof NodeApiError) && !(error instanceof NodeOperationError)) {
		return [`It throws ${error instanceof Error ? (error.stack ?? error.message) : typeof error}`];
	}
	const cause: unknown = error.cause;
	const mistake = cause instanceof Error && MISTAKES.has(cause.name) ? [`It hides ${cause.stack ?? cause.name}`] : [];
	const text = `${error.message} ${error.description ?? ''}`;
	return [
		...mistake,
		...unless(error.message.length > 0, 'The error has no message'),
		...unless(!/undefined|\[object |NaN/.test(text), `The error says ${text}`),
		...unless(!JSON.stringify(error).includes(secret), 'The error holds the secret'),
	];
}

/** What is wrong with what an operation gave. */
export function wrongInOutput(output: INodeExecutionData[][]): string[] {
	return [
		...unless(output.length === 1, `There are ${output.length} outputs`),
		...output
			.flat()
			.flatMap(({ json, pairedItem }) => [
				...oddities(json),
				...unless(!MISTAKE.test(JSON.stringify(json.error ?? '')), `An item says ${JSON.stringify(json.error)}`),
				...unless(typeof json === 'object' && json !== null, 'An item is no object'),
				...unless(typeof pairedItem === 'object', 'An item is not paired'),
			]),
	];
}

/** So many tell enough. */
const MAX_ODDITIES = 5;

/**
 * Where a value is not what n8n can store and show: a function, an object with a past, what every
 * object inherits, or the trace of an object that was turned into text.
 */
export function oddities(value: unknown): string[] {
	const found: string[] = [];
	const seen = new Set<unknown>();
	const left: Array<readonly [path: string, value: unknown]> = [['', value]];
	for (let next = left.pop(); next !== undefined && found.length < MAX_ODDITIES; next = left.pop()) {
		const [path, held] = next;
		if (typeof held === 'string' && held.includes('[object ')) found.push(`${path}: the text ${held}`);
		if (typeof held === 'function' || typeof held === 'symbol' || typeof held === 'bigint') {
			found.push(`${path}: a ${typeof held}`);
		}
		if (typeof held !== 'object' || held === null || seen.has(held)) continue;
		seen.add(held);
		if (!isPlain(held)) found.push(`${path}: an object that is no JSON`);
		for (const [name, member] of Object.entries(held)) {
			if (name.includes('[object ')) found.push(`${path}: the name ${name}`);
			left.push([`${path.slice(-200)}/${name}`, member]);
		}
	}
	return found;
}

function isPlain(value: object): boolean {
	if (Array.isArray(value)) return value !== Array.prototype;
	const prototype: unknown = Object.getPrototypeOf(value);
	return value !== Object.prototype && (prototype === Object.prototype || prototype === null);
}
