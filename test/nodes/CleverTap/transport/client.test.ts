import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { networkClient } from '../../../../nodes/CleverTap/transport/client';
import { waitOrCancel } from '../../../../nodes/shared/cancel';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.fn(() => Promise.resolve()),
}));
const slept = jest.mocked(sleep);

const node = { id: '1', name: 'CleverTap', type: 'cleverTap', typeVersion: 1, position: [0, 0], parameters: {} };
const execution = (signal?: AbortSignal) =>
	({
		getMode: () => 'trigger',
		getExecutionCancelSignal: () => signal,
		getNode: () => node,
	}) as unknown as IExecuteFunctions;

beforeEach(() => slept.mockClear());

describe('a wait', () => {
	it('lasts as long as asked', async () => {
		await waitOrCancel(execution(), 1_200);
		expect(slept.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([500, 500, 200]);
		slept.mockClear();
		await waitOrCancel(execution(), 1_000);
		expect(slept.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([500, 500]);
	});

	it('of a client of CleverTap lasts as long, and never quite the same for two', async () => {
		const client = networkClient(execution());
		await client.wait(700);
		expect(slept.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([500, 200]);
		const random = Array.from({ length: 20 }, () => client.random());
		expect(new Set(random).size).toBeGreaterThan(1);
		expect(random.every((number) => number >= 0 && number < 1)).toBe(true);
	});

	it('is not even begun, and nothing is sent, once the execution is cancelled', async () => {
		const client = networkClient(execution(AbortSignal.abort()));
		await expect(client.wait(500)).rejects.toThrow('The execution was cancelled');
		await expect(client.request({ method: 'GET', path: '/1/x' })).rejects.toThrow('The execution was cancelled');
		expect(slept).not.toHaveBeenCalled();
	});

	it('ends soon after the execution is cancelled', async () => {
		const cancel = new AbortController();
		slept.mockImplementationOnce(() => {
			cancel.abort();
			return Promise.resolve();
		});
		await expect(waitOrCancel(execution(cancel.signal), 60_000)).rejects.toThrow('The execution was cancelled');
		expect(slept).toHaveBeenCalledTimes(1);
	});
});
