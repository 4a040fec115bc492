import type { IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';

import { follow, pathIn, UNCLEAR } from './path';

/** Gives the value of one parameter for any item. */
export type Reader = (item: number) => unknown;

/**
 * A reader of one parameter that asks n8n's engine only where it must: a parameter without an
 * expression is the same for all items and is read once; one that is only a path into the item is
 * read as a path. Evaluating expressions is most of what a large upload costs.
 *
 * @param name as for `getNodeParameter`, such as `options.uploadOnceKey`.
 */
export function parameterReader(
	context: IExecuteFunctions,
	name: string,
	fallback: unknown,
	options?: IGetNodeParameterOptions,
): Reader {
	const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
	const byEngine = (item: number): unknown => context.getNodeParameter(name, item, fallback, options);
	if (!hasExpression(raw)) {
		const value = byEngine(0);
		return () => value;
	}
	const path = typeof raw === 'string' ? pathIn(raw) : undefined;
	if (path === undefined) return byEngine;

	const input = context.getInputData();
	return (item) => {
		const value = follow(input[item]?.json, path);
		return value === UNCLEAR ? byEngine(item) : value;
	};
}

/** Whether a parameter, or anything inside it, is an expression. */
export function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);
}
