import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { isBlank, isRecord } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { requiredText } from '../../../shared/parameters/itemParameters';
import { perItem } from '../../../shared/perItem';
import { requiredYesNo } from '../../../shared/yesNo';
import { queryFields } from '../../parameters/queryFields';
import { collection, maxWait, readOptions } from '../../parameters/readOptions';
import { unknownChoice } from '../../parameters/unknownChoice';
import { readQuery } from '../../read/readQuery';
import { countedBy } from '../../read/ticket';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';

/** What the group is called in the request, and so in the answer. */
const GROUP = 'trend';

const INTERVALS: INodePropertyOptions[] = [
	{ name: 'Day', value: 'daily', description: 'A figure for each day' },
	{ name: 'Month', value: 'monthly', description: 'A figure for each calendar month' },
	{ name: 'Week', value: 'weekly', description: 'A figure for each calendar week' },
];

/** @see https://developer.clevertap.com/docs/get-event-trends-api */
export const getTrends: Operation = {
	value: 'getTrends',
	name: 'Get Trends',
	action: 'Get trends of an event',
	description: 'Get how often an event happened in each day, week or month of at most one year',
	fields: [
		...queryFields('event'),
		{
			displayName: 'Interval',
			name: 'interval',
			type: 'options',
			default: 'daily',
			description: 'How long a time each figure is about',
			options: INTERVALS,
		},
		collection(
			[
				maxWait,
				{
					displayName: 'Sum Up Property',
					name: 'sumProperty',
					type: 'string',
					default: '',
					placeholder: 'e.g. Amount',
					description: 'Add up this property of the event, a number, in place of counting events',
				},
				{
					displayName: 'Unique Users',
					name: 'unique',
					type: 'boolean',
					default: false,
					description: 'Whether to count users in place of events',
				},
			],
			'What is counted, and how long to wait for CleverTap',
		),
	],

	async execute(context) {
		const client = networkClient(context);
		return await perItem(
			context,
			async (parameters) => {
				const query = readQuery(context, parameters.item, 'event');
				const { maxWaitMs } = readOptions(context, parameters.item);
				const { sumProperty, unique = false } = parameters.collection('options');
				const wanted = parameters.value('interval');
				const interval = INTERVALS.find(({ value }) => value === wanted);
				if (interval === undefined) throw unknownChoice('Interval', 'daily, weekly or monthly');
				const sum = isBlank(sumProperty) ? undefined : requiredText(sumProperty, 'Sum Up Property');
				const body = {
					...query,
					...(requiredYesNo(unique, 'Unique Users') ? { unique: true } : {}),
					...(sum === undefined ? {} : { sum_event_prop: sum }),
					groups: { [GROUP]: { trend_type: interval.value } },
				};
				const answer = await countedBy(client, '/1/counts/trends.json', body, maxWaitMs, GROUP);
				return trendIn(answer[GROUP], sum === undefined ? 'count' : 'sum');
			},
			failureOf,
			'CleverTap has no such event in these days. It wants names and values to the letter, capitals and blanks included.',
		);
	},
};

/** `{20161224: 10}, 'count'` → `[{period: '20161224', date: '2016-12-24', count: 10}]`, oldest first. */
export function trendIn(group: unknown, name: 'count' | 'sum'): IDataObject[] {
	if (!isRecord(group)) return [];
	return Object.entries(group)
		.sort(([left], [right]) => (left < right ? -1 : 1))
		.map(([period, figure]) => {
			const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(period) ?? [];
			const date = year === undefined ? {} : { date: `${year}-${month}-${day}` };
			return { period, ...date, ...(isRecord(figure) ? figure : { [name]: figure }) };
		});
}
