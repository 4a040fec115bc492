import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Resource } from './operation';

/** Runs the operation that the node's two selectors name. */
export async function dispatch(
	this: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const operation = this.getNodeParameter('operation', 0);
	const chosen = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (chosen === undefined) {
		throw new NodeOperationError(
			this.getNode(),
			`This node has no operation "${String(operation)}" for "${String(resource)}"`,
			{ description: 'Choose both again from the lists in the node.' },
		);
	}
	const { work } = await import('./work');
	return [await chosen.execute.call(this, work)];
}
