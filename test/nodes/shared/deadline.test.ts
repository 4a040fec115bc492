import { bounded } from '../../../nodes/shared/deadline';

const execution = (cancelled?: AbortSignal) => ({ name: 'Node', getExecutionCancelSignal: () => cancelled });

describe('A request', () => {
	it('ends when the execution is cancelled, which is not for lack of time', () => {
		const cancel = new AbortController();
		const limit = bounded(execution(cancel.signal), 60_000);
		expect([limit.signal.aborted, limit.isOver()]).toEqual([false, false]);
		cancel.abort();
		expect([limit.signal.aborted, limit.isOver()]).toEqual([true, false]);
	});

	it('ends when everything has to be over', () => {
		const end = new AbortController();
		const limit = bounded(execution(), 60_000, end.signal);
		end.abort();
		expect([limit.signal.aborted, limit.isOver()]).toEqual([true, true]);
	});

	it('ends by itself', async () => {
		const limit = bounded({}, 1);
		await new Promise((resolve) => limit.signal.addEventListener('abort', resolve));
		expect(limit.isOver()).toBe(true);
	});

	it('is called on what n8n knows, with the signal that n8n would put there', () => {
		const context = execution();
		const limit = bounded(context, 60_000);
		expect(limit.caller.name).toBe('Node');
		expect(limit.caller.getExecutionCancelSignal()).toBe(limit.signal);
		expect(context.getExecutionCancelSignal()).toBeUndefined();
		const hook = { name: 'Hook' };
		expect(bounded(hook, 60_000).caller).toBe(hook);
	});
});
