import { ClientRequest } from 'node:http';

type SetTimeout = (this: ClientRequest, ms: number, then?: () => void) => ClientRequest;

/**
 * From now on, how long this process waits for an answer can be limited: nobody waits half a minute
 * for one that never comes.
 *
 * @returns sets the limit in milliseconds
 */
export function limitRequestTimeout(): (mostMs: number) => void {
	let most = Infinity;
	const { setTimeout: wait } = ClientRequest.prototype as { setTimeout: SetTimeout };
	jest.spyOn(ClientRequest.prototype, 'setTimeout').mockImplementation(function (this: ClientRequest, ms, then) {
		return wait.call(this, Math.min(ms, most), then);
	});
	return (mostMs) => {
		most = mostMs;
	};
}
