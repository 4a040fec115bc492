import { asCharged } from '../../../../../nodes/CleverTap/resources/event/charged';

const items = [{ SKU: 'a' }, { SKU: 'b', Price: 2 }];

it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
	['a list', { Items: items, Amount: 7 }, { Items: items, Amount: 7 }, []],
	[
		'JSON text',
		{ Items: ` ${JSON.stringify(items)}` },
		{ Items: items },
		['"Items" was sent as the list that its text is'],
	],
	['one object', { Items: items[0] }, { Items: [items[0]] }, []],
	[
		'one object as JSON text',
		{ Items: '{"SKU": "a"}' },
		{ Items: [items[0]] },
		['"Items" was sent as the list that its text is'],
	],
	['JSON text for each', { Items: items.map((item) => JSON.stringify(item)) }, { Items: items }, []],
	[
		'two that mean the same',
		{ 'Items ': items, items: [{ SKU: 'c' }] },
		{ Items: items, items: [{ SKU: 'c' }] },
		['"Items" was sent under this name'],
	],
	['another case', { ITEMS: items }, { Items: items }, ['"Items" was sent under this name']],
	['an amount as text', { Amount: '1,234.50' }, { Amount: 1234.5 }, ['"Amount" was sent as a number']],
	[
		'an amount in another case',
		{ amount: '12,50 €' },
		{ Amount: 12.5 },
		['"Amount" was sent under this name', '"Amount" was sent as a number'],
	],
	['an amount that can be two', { Amount: '1,234' }, { Amount: '1,234' }, []],
	['no list of objects', { Items: '["a"]', items: 5 }, { Items: '["a"]', items: 5 }, []],
	['no JSON', { Items: '[a' }, { Items: '[a' }, []],
	['both spellings', { items, Items: items }, { items, Items: items }, []],
	['nothing', { Items: null, Amount: '' }, { Items: null, Amount: '' }, []],
	['others', { Plan: '5' }, { Plan: '5' }, []],
])('of %s', (_what, given, sent, adjusted) => {
	const charged = asCharged(Object.entries(given));
	expect(Object.fromEntries(charged.entries.map(([name, value]) => [name, value] as const))).toEqual(sent);
	expect(charged.adjusted).toEqual(adjusted);
});
