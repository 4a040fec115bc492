import type { NodeExecutionHint } from 'n8n-workflow';

/**
 * What the output panel shows where items went out without any of the properties that were mapped for them.
 *
 *     [1, 2], 3 → None of the mapped properties had a value in 2 of 3 items, the first of them item 1. …
 *
 * @param bare the numbers of these items
 * @param count of all items
 */
export function bareHints(bare: readonly number[], count: number): NodeExecutionHint[] {
	const [first] = bare;
	if (first === undefined) return [];
	const where = count === 1 ? '' : ` in ${bare.length} of ${count} items, the first of them item ${first}`;
	return [
		{
			message: `None of the mapped properties had a value${where}. Look at "adjusted" in the output: if a question was given another text in the form, drag it in again.`,
			type: 'warning',
			location: 'outputPane',
		},
	];
}
