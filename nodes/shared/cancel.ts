import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';

const SLICE_MS = 500;

/**
 * Waits, in slices, since n8n's own sleep can't be ended.
 *
 * @throws NodeOperationError when the execution is cancelled meanwhile
 */
export async function waitOrCancel(context: IExecuteFunctions, milliseconds: number): Promise<void> {
	for (let left = milliseconds; left > 0; left -= SLICE_MS) {
		throwIfCancelled(context);
		await sleep(Math.min(left, SLICE_MS));
	}
	throwIfCancelled(context);
}

/** @throws NodeOperationError when the execution was cancelled */
export function throwIfCancelled(context: IExecuteFunctions): void {
	if (isCancelled(context)) throw new NodeOperationError(context.getNode(), 'The execution was cancelled');
}

export function isCancelled(context: IExecuteFunctions): boolean {
	return context.getExecutionCancelSignal()?.aborted === true;
}
