import { isSafeObjectProperty } from 'n8n-workflow';

/**
 * An expression that is nothing but a way into the item, such as dragging a field in produces. In a
 * text n8n takes no line break, not even those of Unicode that JavaScript takes.
 */
const PATH_EXPRESSION =
	/^=\{\{\s*\$json((?:\.[A-Za-z_$][\w$]*|\[(?:"[^"\\\n\r\u2028\u2029]*"|'[^'\\\n\r\u2028\u2029]*'|\d{1,9})\])+)\s*\}\}$/;
const STEP = /\.([A-Za-z_$][\w$]*)|\[(?:"([^"]*)"|'([^']*)'|(\d+))\]/g;

/** What `follow` gives where only n8n's engine can say what the expression means. */
export const UNCLEAR = Symbol('unclear');

/**
 * The steps of an expression that only reads a field of the item: `={{ $json.answers["Your email"] }}`
 * gives `answers`, `Your email`. Nothing for any other expression, nor where a step has a name that
 * n8n's engine treats in a way of its own.
 */
export function pathIn(expression: string): readonly string[] | undefined {
	const steps = PATH_EXPRESSION.exec(expression)?.[1];
	if (steps === undefined) return undefined;
	const path = [...steps.matchAll(STEP)].map(
		([, dotted, double, single, index]) => dotted ?? double ?? single ?? String(Number(index)),
	);
	return path.every(isSafeObjectProperty) ? path : undefined;
}

/**
 * The value at the end of a path, if every step of it is a member of the item's own and the value is
 * plain JSON. Everything else (missing members, texts' lengths, dates) is left to n8n's engine.
 */
export function follow(json: unknown, path: readonly string[]): unknown {
	let value = json;
	for (const step of path) {
		if (!isContainer(value) || !Object.hasOwn(value, step)) return UNCLEAR;
		if (Array.isArray(value) && step === 'length') return UNCLEAR;
		value = (value as Readonly<Record<string, unknown>>)[step];
	}
	return isJson(value) ? value : UNCLEAR;
}

/** What is nested deeper nobody drags; calling deeper and deeper would end in an error of JavaScript's. */
const DEEPEST = 100;

function isJson(value: unknown, depth = 0): boolean {
	switch (typeof value) {
		case 'string':
		case 'boolean':
			return true;
		case 'number':
			return Number.isFinite(value);
		default:
			if (value === null) return true;
			return isContainer(value) && depth < DEEPEST && Object.values(value).every((inner) => isJson(inner, depth + 1));
	}
}

function isContainer(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
