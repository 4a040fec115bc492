import { within } from '../../../../nodes/Tally/trigger/within';

it('gives what the work gives while there is time', async () => {
	expect(await within(60_000, Promise.resolve('done'))).toBe('done');
	await expect(within(60_000, Promise.reject(new Error('broke')))).rejects.toThrow('broke');
});

it.each([0, -1, 0.5])('gives nothing once time is up (%d ms)', async (milliseconds) => {
	expect(await within(milliseconds, new Promise(() => undefined))).toBeUndefined();
});

it('has nothing to do with work that fails too late', async () => {
	let fail: (error: Error) => void = () => undefined;
	const work = new Promise((_resolve, reject) => (fail = reject));
	expect(await within(0, work)).toBeUndefined();
	fail(new Error('too late'));
	await expect(work).rejects.toThrow('too late');
});
