import { timestampReader, toTimestamp } from '../../../../nodes/CleverTap/parameters/timestamp';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

describe('Timestamp', () => {
	it('is left to CleverTap where it is empty', () => {
		expect(['', ' ', undefined, null].map(toTimestamp)).toEqual([{}, {}, {}, {}]);
	});

	it('becomes UNIX seconds', () => {
		expect(toTimestamp('2018-03-05T00:00:00Z')).toEqual({ ts: 1_520_208_000 });
	});

	it.each<[unknown, string]>([
		[0, '0'],
		['x'.repeat(40), 'x'.repeat(40)],
		[true, 'boolean'],
	])('names %j', (value, named) => {
		expect(resultOf(() => toTimestamp(value))).toEqual({
			status: 'refused',
			reason: `"Timestamp" is not a valid date: ${named}`,
			advice: expect.stringContaining('Leave it empty for the time of arrival') as string,
		});
	});

	it('names a value that is no date, but not a long one whole', () => {
		expect(resultOf(() => toTimestamp('x'.repeat(100)))).toMatchObject({
			reason: `"Timestamp" is not a valid date: ${'x'.repeat(39)}…`,
		});
		expect(resultOf(() => toTimestamp({ a: 1 }))).toMatchObject({
			reason: '"Timestamp" is not a valid date: object',
		});
	});

	it('is read for each item', () => {
		const each = fakeNode({ parameters: { timestamp: (item: number) => 1_520_208_000 + item } });
		expect(timestampReader(each)(2)).toEqual({ ts: 1_520_208_002 });
		expect(timestampReader(fakeNode({}))(0)).toEqual({});
	});
});
