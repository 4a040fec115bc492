import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';

const SLICE_MS = 500;

/**
 * Waits, in slices, since n8n's own sleep can't be ended.
 *
 * @throws when the execution is cancelled meanwhile.
 */
export async function waitOrStop(this: IExecuteFunctions, milliseconds: number): Promise<void> {
	for (let left = milliseconds; left > 0; left -= SLICE_MS) {
		stopIfCancelled.call(this);
		await sleep(Math.min(left, SLICE_MS));
	}
	stopIfCancelled.call(this);
}

export function stopIfCancelled(this: IExecuteFunctions): void {
	if (this.getExecutionCancelSignal()?.aborted) {
		throw new NodeOperationError(this.getNode(), 'The execution was cancelled');
	}
}
