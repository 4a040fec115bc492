import { identifierReader, toIdentifier } from '../../../../nodes/CleverTap/parameters/identifier';
import { readText, toText } from '../../../../nodes/CleverTap/parameters/text';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

describe('Identifier', () => {
	it.each<[unknown, string]>([
		[' ada@example.com ', 'ada@example.com'],
		[42, '42'],
		['0042', '0042'],
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
		[NaN, '"Identifier" is neither text nor a number'],
	])('%j is refused', (value, reason) => {
		const advice = 'Map a field that every item fills in, or filter out the items that lack it before this node.';
		expect(resultOf(() => toIdentifier('identity', value))).toEqual({ status: 'refused', reason, advice });
		expect(resultOf(() => toText(value, 'Identifier'))).toEqual({ status: 'refused', reason, advice });
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
	expect(readText(node, 'phone', 'Phone', 5)).toBe('+32475');
	expect(resultOf(() => readText(fakeNode({}), 'phone', 'Phone', 0))).toMatchObject({ reason: '"Phone" is empty' });
});
