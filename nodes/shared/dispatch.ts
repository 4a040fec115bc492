import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Resource } from './operation';

/**
 * Runs the operation that the node's two selectors name.
 *
 * @throws NodeOperationError if there is none of that name, and whatever the operation throws
 */
export async function dispatch(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const chosen = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (chosen === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`This node has no operation "${String(operation)}" for "${String(resource)}"`,
			{ description: 'Choose both again from the lists in the node.' },
		);
	}
	return [await chosen.execute(context)];
}
