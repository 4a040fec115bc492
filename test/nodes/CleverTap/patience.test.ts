import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { waitOrStop } from '../../../nodes/CleverTap/transport/patience';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.fn(() => Promise.resolve()),
}));
const slept = jest.mocked(sleep);

const node = { id: '1', name: 'CleverTap', type: 'cleverTap', typeVersion: 1, position: [0, 0], parameters: {} };
const execution = (signal?: AbortSignal) =>
	({ getExecutionCancelSignal: () => signal, getNode: () => node }) as unknown as IExecuteFunctions;

beforeEach(() => slept.mockClear());

describe('a wait', () => {
	it('lasts as long as asked', async () => {
		await waitOrStop.call(execution(), 1_200);
		expect(slept.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([500, 500, 200]);
	});

	it('ends soon after the execution is cancelled', async () => {
		const cancel = new AbortController();
		slept.mockImplementationOnce(() => {
			cancel.abort();
			return Promise.resolve();
		});
		await expect(waitOrStop.call(execution(cancel.signal), 60_000)).rejects.toThrow('The execution was cancelled');
		expect(slept).toHaveBeenCalledTimes(1);
	});
});
