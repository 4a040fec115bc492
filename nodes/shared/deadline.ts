/** What a request with an end needs of n8n. */
export interface Bounded<Context> {
	/** What n8n's `httpRequestWithAuthentication` is called on. */
	readonly caller: Context;
	/** Aborts the request. */
	readonly signal: AbortSignal;
	/** Whether time was up; false where the execution was cancelled. */
	isOver(): boolean;
}

/**
 * Gives a request an end: n8n's own `timeout` counts silence only, so that one byte now and then would be waited for
 * without end. The request ends as well when the execution is cancelled.
 *
 * @param milliseconds from now, for all of the request
 * @param end when it has to be over in any case
 */
export function bounded<Context extends object>(
	context: Context,
	milliseconds: number,
	end?: AbortSignal,
): Bounded<Context> {
	const limits = [AbortSignal.timeout(milliseconds), ...(end === undefined ? [] : [end])];
	const execution = context as { getExecutionCancelSignal?(): AbortSignal | undefined };
	const cancelled = execution.getExecutionCancelSignal?.();
	const signal = AbortSignal.any(cancelled === undefined ? limits : [...limits, cancelled]);
	return {
		caller: 'getExecutionCancelSignal' in context ? withCancelSignal(context, signal) : context,
		signal,
		isOver: () => cancelled?.aborted !== true && limits.some(({ aborted }) => aborted),
	};
}

/** In an execution n8n puts what this function gives over the signal that a request has. */
function withCancelSignal<Context extends object>(context: Context, signal: AbortSignal): Context {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as Context;
}
