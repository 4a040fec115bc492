import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

/** A customer as a database or another service would give it. */
interface Customer {
	id: string;
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
	plan: string;
	address: { city: string; country: string };
	visits: number;
	lastOrder: string;
}

const plans = ['Free', 'Team', 'Business'];
const cities = ['Bengaluru', 'Ghent', 'São Paulo', 'Oslo', 'Nairobi'];

function customer(number: number): Customer {
	return {
		id: `customer-${number}`,
		firstName: `Ada${number % 977}`,
		lastName: `Example${number % 1013}`,
		email: `ada.${number}@example.com`,
		phone: `+1415555${String(number % 10_000).padStart(4, '0')}`,
		plan: plans[number % plans.length] as string,
		address: { city: cities[number % cities.length] as string, country: 'Example Land' },
		visits: number % 100,
		lastOrder: new Date(1_760_000_000_000 + number * 1000).toISOString(),
	};
}

const CHUNK = 1000;

/**
 * Items as n8n hands them on; read from JSON, so that their texts lie in memory as texts read from
 * JSON do, and in chunks, so that little else is left behind in memory.
 */
export function customerItems(count: number): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	while (items.length < count) {
		const chunk = Array.from({ length: Math.min(CHUNK, count - items.length) }, (_, index) =>
			customer(items.length + index),
		);
		for (const json of JSON.parse(JSON.stringify(chunk)) as Array<INodeExecutionData['json']>) {
			items.push({ json, pairedItem: { item: items.length } });
		}
	}
	return items;
}

type Field = readonly [name: string, value: string];

/** Seven fields dragged in: each is a path into the item. */
const paths: readonly Field[] = [
	['First name', '={{ $json.firstName }}'],
	['Last name', '={{ $json.lastName }}'],
	['Email', '={{ $json.email }}'],
	['Phone', '={{ $json.phone }}'],
	['Plan', '={{ $json.plan }}'],
	['City', '={{ $json.address.city }}'],
	['Last order', '={{ $json.lastOrder }}'],
];

/** The same seven, of which four are computed. */
const expressions: readonly Field[] = [
	['First name', '={{ $json.firstName.trim() }}'],
	['Last name', '={{ $json.lastName }}'],
	['Email', '={{ $json.email.toLowerCase() }}'],
	['Phone', '={{ $json.phone }}'],
	['Plan', "={{ $json.plan ?? 'Free' }}"],
	['City', '={{ $json.address.city }}'],
	['Last order', "={{ $json.lastOrder || '' }}"],
];

export type Mapping = 'paths' | 'expressions';

const fieldsOf: Readonly<Record<Mapping, readonly Field[]>> = { paths, expressions };

/** What a user fills in for *Profile: Create or Update*. */
export function uploadParameters(mapping: Mapping): INodeParameters {
	return {
		resource: 'profile',
		operation: 'upsert',
		identifyBy: 'identity',
		identifier: '={{ $json.id }}',
		propertiesMode: 'fields',
		properties: {
			assignments: fieldsOf[mapping].map(([name, value], index) => ({
				id: String(index),
				name,
				value,
				type: 'string',
			})),
		},
		changes: {},
		timestamp: '',
		options: {},
	};
}

/** The same seven fields, each dragged onto a property of CleverTap's, as the editor stores it. */
export function mappedParameters(): INodeParameters {
	const schema = paths.map(([name]) => ({
		id: name,
		displayName: name,
		required: false,
		defaultMatch: false,
		display: true,
		removed: false,
		type: 'string',
	}));
	return {
		...uploadParameters('paths'),
		propertiesMode: 'map',
		properties: {},
		propertiesMap: {
			mappingMode: 'defineBelow',
			value: Object.fromEntries(paths),
			matchingColumns: [],
			schema,
			attemptToConvertTypes: false,
			convertFieldsToString: false,
		},
	};
}

/** Where in the parameters the computed ones are. */
export const computedParameters: readonly string[] = expressions.flatMap(([, value], index) =>
	paths[index]?.[1] === value ? [] : [`properties.assignments[${index}].value`],
);

/** The records that both mappings lead to, as a programmer would make them. */
export function customerRecords(items: readonly INodeExecutionData[]): object[] {
	return items.map(({ json }) => {
		const { id, firstName, lastName, email, phone, plan, address, lastOrder } = json as unknown as Customer;
		return {
			identity: id,
			type: 'profile',
			profileData: {
				'First name': firstName,
				'Last name': lastName,
				Email: email,
				Phone: phone,
				Plan: plan,
				City: address.city,
				'Last order': lastOrder,
			},
		};
	});
}
