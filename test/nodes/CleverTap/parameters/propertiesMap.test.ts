import type { IDataObject } from 'n8n-workflow';

import { propertiesReader } from '../../../../nodes/CleverTap/parameters/properties';
import { sentNames } from '../../../../nodes/CleverTap/properties/names';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

const submission = (answers: IDataObject, hidden: IDataObject = {}) => ({
	submissionId: 's',
	formId: 'f',
	answers,
	hidden,
});
const of = (name: string) => `propertiesMap.value["${name}"]`;

function read(propertiesMap: unknown, items: IDataObject[], more: Record<string, unknown> = {}) {
	const value = (propertiesMap as { value?: object }).value ?? {};
	// A way into the item is read as such; an expression is the engine's, here a function of the item.
	const values = Object.fromEntries(Object.entries(value).map(([name, given]) => [of(name), given as unknown]));
	const context = fakeNode({
		items,
		typeVersion: 2,
		parameters: { propertiesMode: 'map', propertiesMap, ...values, ...more },
	});
	const nameOf = sentNames('profile', { rules: 2, matchStandardProperties: true });
	return propertiesReader(context, { rules: 2, nameOf });
}

describe('each property by itself', () => {
	const mapped = (value: object, schema: object[] = []) => ({ mappingMode: 'defineBelow', value, schema });

	it('gets what is mapped onto it, from each item', () => {
		const map = mapped({
			Email: "={{ $json.answers['Your email'] }}",
			Plan: 'Team',
			Company: (item: number) => `No. ${item}`,
		});
		const propertiesOf = read(map, [
			submission({ 'Your email': 'ada@example.com' }),
			submission({ 'Your email': 'bob@example.com' }),
		]);
		expect(propertiesOf(1)).toEqual({
			entries: [
				['Email', 'bob@example.com'],
				['Plan', 'Team'],
				['Company', 'No. 1'],
			],
			notes: [],
			isBare: false,
		});
	});

	it.each([[undefined], [null], [''], ['  ']])('that has %j was not mapped', (value) => {
		expect(read(mapped({ Name: value, Plan: 'Team' }), [{}])(0)).toEqual({
			entries: [['Plan', 'Team']],
			notes: [],
			isBare: false,
		});
	});

	it('by the name that it has in CleverTap, whatever its signs', () => {
		const map = mapped({ 'Budget (﹩)': '={{ $json.a }}', 'What’s new?': '={{ $json.a }}' });
		expect(read(map, [{ a: 5 }])(0).entries).toEqual([
			['Budget ($)', 5],
			['What’s new?', 5],
		]);
	});

	it('has the type of a text where CleverTap’s own is one, and keeps what it is elsewhere', () => {
		const map = mapped(
			{ Name: '={{ $json.n }}', Visits: '={{ $json.n }}', 'category-unsubscribe': '{"email": ["news"]}' },
			[
				{ id: 'Name', type: 'string' },
				{ id: 'Visits', type: 'string' },
				{ id: 'category-unsubscribe', type: 'object' },
			],
		);
		expect(read(map, [{ n: 5 }])(0).entries).toEqual([
			['Name', '5'],
			['Visits', 5],
			['category-unsubscribe', { email: ['news'] }],
		]);
	});

	it('stands beside new ones, each name once', () => {
		const properties = {
			properties: { assignments: [{ name: 'Source', value: 'Tally', type: 'string' }] },
			'properties.assignments[0].name': 'Source',
			'properties.assignments[0].value': 'Tally',
			'properties.assignments[0].type': 'string',
		};
		expect(read(mapped({ Plan: 'Team' }), [{}], properties)(0).entries).toEqual([
			['Plan', 'Team'],
			['Source', 'Tally'],
		]);
		expect(resultOf(() => read(mapped({ Source: 'Team' }), [{}], properties)(0))).toMatchObject({
			reason: '"Properties" has two rows for "Source"',
		});
	});

	it('may come from an expression as a whole', () => {
		const whole = (item: number) => mapped({ Plan: `Plan ${item}` });
		const propertiesOf = propertiesReader(
			fakeNode({ items: [{}, {}], parameters: { propertiesMode: 'map', propertiesMap: whole } }),
			{ rules: 2 },
		);
		expect([propertiesOf(0).entries, propertiesOf(1).entries]).toEqual([[['Plan', 'Plan 0']], [['Plan', 'Plan 1']]]);
	});
});

describe('by name', () => {
	const auto = {
		mappingMode: 'autoMapInputData',
		value: null,
		schema: [{ id: 'Plan' }, { id: 'Budget (﹩)' }, { id: 7 }],
	};

	it('fields that are called as a property is go out, whatever the case of CleverTap’s own', () => {
		const item = submission(
			{ email: 'ada@example.com', Plan: 'Team', 'Budget ($)': '5', 'Rate us': 4, plan: 'x' },
			{ Name: 'Ada' },
		);
		expect(read(auto, [item])(0)).toEqual({
			entries: [
				['email', 'ada@example.com'],
				['Plan', 'Team'],
				['Budget ($)', '5'],
				['Name', 'Ada'],
			],
			notes: [],
			isBare: false,
		});
		expect(read(auto, [{ Plan: 'Team', row_number: 2, cleverTap: {} }])(0).entries).toEqual([['Plan', 'Team']]);
	});

	it('says so where no field is', () => {
		expect(read(auto, [submission({ 'Rate us': 4 })])(0)).toEqual({
			entries: [],
			notes: ['No field was sent: none is called as a property of CleverTap is'],
			isBare: true,
		});
		expect(read(auto, [submission({})])(0)).toEqual({ entries: [], notes: [], isBare: false });
	});

	it('what somebody has named goes first', () => {
		const properties = {
			properties: { assignments: [{}] },
			'properties.assignments[0].name': 'Plan',
			'properties.assignments[0].value': 'Business',
		};
		expect(read(auto, [{ Plan: 'Team' }], properties)(0).entries).toEqual([
			['Plan', 'Business'],
			['Plan', 'Team'],
		]);
	});
});

it('nothing is mapped in a node that was just made', () => {
	for (const map of [
		{},
		{ mappingMode: 'defineBelow', value: null },
		{ mappingMode: 'defineBelow', value: {}, schema: 'x' },
	]) {
		expect(read(map, [{ a: 1 }])(0)).toEqual({ entries: [], notes: [], isBare: false });
	}
});
