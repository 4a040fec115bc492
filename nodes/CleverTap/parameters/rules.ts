import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * By which version's rules names and values are brought to CleverTap's: version 1 keeps the names that its
 * workflows have sent so far. All that ends silent harm holds for both.
 */
export type Rules = 1 | 2;

/** Read once for a run: n8n copies the node each time. */
export function rulesOf(context: IExecuteFunctions): Rules {
	return context.getNode().typeVersion >= 2 ? 2 : 1;
}
