import type { IExecuteFunctions } from 'n8n-workflow';

import { hasExpression } from '../../nodes/shared/parameters/reader';

/**
 * A node whose parameters are these; what an expression gives is the engine's word for the item.
 * Every question to the engine for a value is kept.
 */
export function parameterNode(parameters: Record<string, unknown>, items: object[] = [{}, {}]) {
	const asked: Array<[name: string, item: number, options: unknown]> = [];
	const context = {
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter(name: string, item: number, fallback: unknown, options?: { rawExpressions?: boolean }) {
			const value = name in parameters ? parameters[name] : fallback;
			if (options?.rawExpressions) return value;
			asked.push([name, item, options]);
			return hasExpression(value) ? `engine ${item}` : value;
		},
	};
	return { context: context as unknown as IExecuteFunctions, asked };
}
