import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { perItem } from '../../../shared/perItem';
import { queryFields } from '../../parameters/queryFields';
import { countOptions, readOptions } from '../../parameters/readOptions';
import { readQuery } from '../../read/readQuery';
import { countedBy } from '../../read/ticket';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';

/** What the group is called in the request, and so in the answer. */
const GROUP = 'values';
const MAX_VALUES = 100;

const KINDS: INodePropertyOptions[] = [
	{ name: 'App', value: 'app_fields', description: 'A fact about the user’s app, such as Make' },
	{ name: 'Demographics', value: 'demographics', description: 'Such as Gender or Education' },
	{ name: 'Event', value: 'event_properties', description: 'A property of the chosen event' },
	{ name: 'Geography', value: 'geo_fields', description: 'Where the user is, such as Country or City' },
	{ name: 'Profile', value: 'profile_fields', description: 'A property of the user’s profile' },
	{ name: 'Reachability', value: 'reachability', description: 'Such as has_token' },
	{ name: 'Session', value: 'session_properties', description: 'A fact about the session, such as first_time' },
	{ name: 'Technographics', value: 'technographics', description: 'Such as Device or Platform' },
];
const ORDERS: INodePropertyOptions[] = [
	{ name: 'Least Frequent First', value: 'asc', description: 'Begin with the values that are seen most rarely' },
	{ name: 'Most Frequent First', value: 'desc', description: 'Begin with the values that are seen most often' },
];

/** @see https://developer.clevertap.com/docs/get-top-property-counts-api */
export const getTop: Operation = {
	value: 'getTop',
	name: 'Get Top Values',
	action: 'Get top values of a property',
	description: 'Get the most or the least frequent values of a property among the events in a range of days',
	fields: [
		...queryFields('event'),
		{
			displayName: 'Property Belongs To',
			name: 'propertyOf',
			type: 'options',
			default: 'event_properties',
			description: 'Where CleverTap keeps the property whose values are counted',
			options: KINDS,
		},
		{
			displayName: 'Property Name',
			name: 'propertyName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Rating',
			description: 'Name of the property whose values are counted, exactly as CleverTap lists it',
		},
		{
			displayName: 'Order',
			name: 'order',
			type: 'options',
			default: 'desc',
			description: 'Which end of the list comes back',
			options: ORDERS,
		},
		{
			displayName: 'Number of Values',
			name: 'topN',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_VALUES },
			default: 10,
			description: 'How many values come back at most, up to 100',
		},
		countOptions,
	],

	async execute(context) {
		const client = networkClient(context);
		return await perItem(
			context,
			async (parameters) => {
				const query = readQuery(context, parameters.item, 'event');
				const { maxWaitMs } = readOptions(context, parameters.item);
				const order = oneOf(ORDERS, parameters.value('order'), 'Order');
				const group = {
					property_type: oneOf(KINDS, parameters.value('propertyOf'), 'Property Belongs To'),
					name: parameters.text('propertyName', 'Property Name'),
					top_n: toNumber(parameters.value('topN')),
					order,
				};
				const answer = await countedBy(
					client,
					'/1/counts/top.json',
					{ ...query, groups: { [GROUP]: group } },
					maxWaitMs,
					GROUP,
				);
				return valuesIn(answer[GROUP], order);
			},
			failureOf,
			'CleverTap found no values. It wants the names of event and property to the letter, capitals and blanks included.',
		);
	},
};

/** @throws ItemError for a value that is not in the list */
function oneOf(options: readonly INodePropertyOptions[], value: unknown, label: string): string {
	const found = options.find((option) => option.value === value);
	if (found !== undefined) return String(found.value);
	throw new ItemError(
		`"${label}" is none of the values that CleverTap knows`,
		`Choose it from the list, or give one of ${options.map((option) => option.value).join(', ')}.`,
	);
}

function toNumber(value: unknown): number {
	const number = Number(value ?? 10);
	if (Number.isInteger(number) && number >= 1 && number <= MAX_VALUES) return number;
	throw new ItemError(`"Number of Values" is not a whole number from 1 to ${MAX_VALUES}`, 'Enter a number such as 10.');
}

/**
 * One entry for each value, in the order that was asked for: members of an object that look like numbers come in
 * another one.
 *
 *     {STR: {Price: 3, Fit: 5}, NUMBER: {7: 1}}, 'desc' → [{value: 'Fit', count: 5}, {value: 'Price', count: 3}, {value: 7, count: 1}]
 */
export function valuesIn(group: unknown, order: string): IDataObject[] {
	if (!isRecord(group)) return [];
	const entries = Object.entries(group).flatMap(([type, values]) =>
		Object.entries(isRecord(values) ? values : {}).map(([text, count]) => ({
			value: type === 'NUMBER' && String(Number(text)) === text ? Number(text) : text,
			count,
		})),
	);
	const sign = order === 'asc' ? 1 : -1;
	return entries.sort((left, right) => sign * (Number(left.count) - Number(right.count))) as IDataObject[];
}
