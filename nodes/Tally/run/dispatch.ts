import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Operation, Resource } from '../operation';
import { Line } from '../transport/line';
import { REQUESTS_PER_MINUTE } from '../transport/pace';
import { isCancelled } from '../transport/patience';
import { isRecord, numberIn } from '../narrowing';
import { failedItems } from './failedItems';
import { Input } from './input';

type Outcome = { items: IDataObject[] } | { error: NodeApiError | NodeOperationError };

/** Runs the operation that the node's two selectors name, for one item after the other. */
export async function dispatch(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, resources);
	const line = new Line(context, requestsPerMinute(context));
	const input = context.getInputData();
	const failedItem = failedItems(context);
	const output: INodeExecutionData[] = [];
	for (let item = 0; item < input.length; item++) {
		const outcome = await outcomeOf(operation, new Input(context, item, line));
		if ('items' in outcome) {
			for (const json of outcome.items) output.push({ json, pairedItem: { item } });
			continue;
		}
		const { error } = outcome;
		if (!context.continueOnFail() || isCancelled(context)) {
			error.context.itemIndex = item;
			throw error;
		}
		const details = {
			advice: error.description ?? null,
			...(error instanceof NodeApiError ? { status: error.httpCode } : {}),
		};
		output.push(failedItem(item, { error: error.message, details }));
	}
	return [output];
}

function chosenOperation(context: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const chosen = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (chosen !== undefined) return chosen;
	throw new NodeOperationError(
		context.getNode(),
		`This node has no operation "${String(operation)}" for "${String(resource)}"`,
		{ description: 'Choose both again from the lists in the node.' },
	);
}

async function outcomeOf(operation: Operation, input: Input): Promise<Outcome> {
	try {
		return { items: await operation.run(input) };
	} catch (error) {
		if (error instanceof NodeApiError || error instanceof NodeOperationError) return { error };
		return { error: new NodeOperationError(input.context.getNode(), error as Error) };
	}
}

/** The pace of the whole run, which is the first item's where items differ. */
function requestsPerMinute(context: IExecuteFunctions): number {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const wanted = isRecord(options) ? numberIn(options.requestsPerMinute) : NaN;
	return Number.isInteger(wanted) && wanted >= 1 ? wanted : REQUESTS_PER_MINUTE;
}
