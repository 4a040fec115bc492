import { identifierReader, toIdentifier } from '../../../../nodes/CleverTap/parameters/identifier';
import { readText, toText } from '../../../../nodes/CleverTap/parameters/text';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

describe('Identifier', () => {
	it.each<[unknown, string]>([
		[' ada@example.com ', 'ada@example.com'],
		[42, '42'],
		['0042', '0042'],
		['\u200bada@example.com', 'ada@example.com'],
		['\ufeff\u00a0ada@example.com\u202c', 'ada@example.com'],
		[9007199254740991, '9007199254740991'],
	])('%j is sent as %j', (value, expected) => {
		expect(toIdentifier('identity', value)).toEqual({ kind: 'identity', value: expected });
	});

	it.each<[unknown, string]>([
		['', '"Identifier" is empty'],
		['  ', '"Identifier" is empty'],
		[null, '"Identifier" is empty'],
		[undefined, '"Identifier" is empty'],
		[{}, '"Identifier" is neither text nor a number'],
		[true, '"Identifier" is neither text nor a number'],
	])('%j is refused', (value, reason) => {
		const advice = 'Map a field that every item fills in, or filter out the items that lack it before this node.';
		expect(resultOf(() => toIdentifier('identity', value))).toEqual({ status: 'refused', reason, advice });
		expect(resultOf(() => toText(value, 'Identifier', 'an identity'))).toEqual({ status: 'refused', reason, advice });
	});

	it.each<[unknown, string]>([
		[Number('9007199254740993'), 'is too long for a number, whose last digits are lost'],
		['#N/A', 'is an error of a spreadsheet'],
		['#REF!', 'is an error of a spreadsheet'],
		['#NAME?', 'is an error of a spreadsheet'],
		['9.2E+11', 'is a number of which a spreadsheet kept only the first digits'],
		['null', 'says that there is no identity'],
		['undefined', 'says that there is no identity'],
		['N/A', 'says that there is no identity'],
		['nan', 'says that there is no identity'],
		[NaN, 'says that there is no identity'],
		[' None\u200b', 'says that there is no identity'],
		['{{ Profile.Identity }}', 'is a template that was not filled in'],
		['x'.repeat(1024), 'has more than 1023 characters'],
	])('%j is none, whatever kind it is said to be', (value, reason) => {
		for (const kind of ['identity', 'objectId', 'FBID', 'GPID']) {
			expect(resultOf(() => toIdentifier(kind, value))).toMatchObject({
				status: 'refused',
				reason: `"Identifier" is not an identity: it ${reason}`,
			});
		}
	});

	it('is read for each item, an Identity unless told otherwise', () => {
		const node = fakeNode({ parameters: { identifier: (item: number) => `user-${item}` } });
		expect(identifierReader(node)(2)).toEqual({ kind: 'identity', value: 'user-2' });
		const objects = fakeNode({ parameters: { identifyBy: 'objectId', identifier: 'o-1' } });
		expect(identifierReader(objects)(0)).toEqual({ kind: 'objectId', value: 'o-1' });
		expect(resultOf(() => identifierReader(fakeNode({}))(0))).toMatchObject({ reason: '"Identifier" is empty' });
	});
});

it.each(['Identity', 'email', undefined])('"Identify User By" does not know %j', (by) => {
	expect(resultOf(() => toIdentifier(by, 'ada'))).toEqual({
		status: 'refused',
		reason: '"Identify User By" must be identity, objectId, FBID or GPID',
		advice: 'Choose it from the list, or let its expression give one of these.',
	});
});

it('a text is read for its item, without blanks at its ends', () => {
	const node = fakeNode({ parameters: { phone: (item: number) => ` +3247${item} ` } });
	expect(readText(node, 'phone', 'Phone', 'a phone number', 5)).toBe('+32475');
	expect(resultOf(() => readText(fakeNode({}), 'phone', 'Phone', 'a phone number', 0))).toMatchObject({
		reason: '"Phone" is empty',
	});
});
