import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { refused, skipped, unknown, ACCEPTED, type Verdict } from '../../../../nodes/CleverTap/result/verdict';
import { EarlierTries, earlierTries } from '../../../../nodes/CleverTap/upload/earlierTries';

/** What n8n hands to one try. */
function contextOf(round: object, input: object | undefined, retryOnFail: boolean | undefined): IExecuteFunctions {
	const partial = {
		getNode: () => ({ retryOnFail }) as INode,
		getExecuteData: () => round,
		getInputData: () => (input === undefined ? [] : [{ json: input }]),
	};
	return partial as unknown as IExecuteFunctions;
}

describe('the memory of earlier tries', () => {
	const round = {};
	const input = {};

	it('is one through all tries of a round', () => {
		const first = earlierTries(contextOf(round, input, true));
		expect(first).toBeInstanceOf(EarlierTries);
		expect(earlierTries(contextOf(round, input, true))).toBe(first);
	});

	it('is another one in another round, and for another call of an agent', () => {
		const first = earlierTries(contextOf(round, input, true));
		expect(earlierTries(contextOf({}, input, true))).not.toBe(first);
		const call = earlierTries(contextOf(round, {}, true));
		expect(call).not.toBe(first);
		expect(earlierTries(contextOf(round, input, true))).toBe(first);
	});

	it.each([[false], [undefined]])('is not there where n8n tries once: %j', (retryOnFail) => {
		expect(earlierTries(contextOf(round, input, retryOnFail))).toBeUndefined();
	});

	it('is not there without items', () => {
		expect(earlierTries(contextOf(round, undefined, true))).toBeUndefined();
	});
});

describe('what is settled', () => {
	const busy = 'Run the node again later.';
	const batch =
		'CleverTap could not read a request that held this item. Send fewer items at a time to find the one that causes it.';

	it.each<[string, Verdict, boolean, boolean]>([
		['what CleverTap took', ACCEPTED, true, true],
		['what was there before', skipped('Uploaded before'), true, true],
		['a record that CleverTap refuses', refused('No.', '', 515), true, true],
		['a record that makes a request unreadable', refused('No.', '', 400), true, true],
		['a record that is too large', refused('No.', '', 413), true, true],
		['a record beside one that makes a request unreadable', refused('No.', batch, 400), true, false],
		['a record that CleverTap has trouble with', refused('No.', '', 555), true, false],
		['a code that nobody knows', refused('No.', '', 999), true, false],
		['what CleverTap was too busy for', refused('Busy', busy, 429), true, false],
		['what CleverTap was too busy for, too', refused('Busy', busy, 503), true, false],
		['a refused credential', refused('No.', '', 401), true, false],
		['what never left', refused('Nothing answers', ''), true, false],
		['what may be stored and may be sent twice', unknown('Broken', ''), true, false],
		['what may be stored and must not be sent twice', unknown('Broken', ''), false, true],
	])('%s', (_, verdict, maySendTwice, isSettled) => {
		const tries = new EarlierTries();
		tries.note(3, 'event', verdict, maySendTwice, { output: { a: 1 } });
		expect(tries.settled(3, 'event')).toEqual(isSettled ? verdict : undefined);
		expect(tries.said(3)).toEqual(isSettled ? { output: { a: 1 } } : undefined);
		expect(tries.verdicts(3)).toEqual(isSettled ? [verdict] : []);
		expect(tries.settled(3, 'profile')).toBeUndefined();
		expect(tries.settled(2, 'event')).toBeUndefined();
	});

	it('keeps what an item said when its first record was settled', () => {
		const tries = new EarlierTries();
		tries.note(0, 'event', ACCEPTED, true, { adjusted: ['first'] });
		tries.note(0, 'profile', ACCEPTED, true, { adjusted: ['second'] });
		expect(tries.said(0)).toEqual({ adjusted: ['first'] });
		expect(tries.verdicts(0)).toHaveLength(2);
	});
});
