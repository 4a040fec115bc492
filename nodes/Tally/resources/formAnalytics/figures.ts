import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { TallyItem } from '../common/item';

const PERIODS = [
	{ name: 'All Time', value: 'all', description: 'As far back as Tally has figures' },
	{ name: 'Last 12 Months', value: '12m', description: 'The year up to now' },
	{ name: 'Last 24 Hours', value: '24h', description: 'A day and a night up to now' },
	{ name: 'Last 3 Months', value: '3m', description: 'A quarter of a year up to now' },
	{ name: 'Last 30 Days', value: '30d', description: 'About a month up to now' },
	{ name: 'Last 6 Months', value: '6m', description: 'Half a year up to now' },
	{ name: 'Last 7 Days', value: '7d', description: 'The week up to now' },
	{ name: 'Today', value: 'today', description: 'The calendar day so far' },
	{ name: 'Yesterday', value: 'yesterday', description: 'The calendar day before' },
];

/** What one or the other set of figures has. */
const FIGURES = [
	...['visits', 'visitDuration', 'submissions', 'uniqueRespondents', 'totalViews', 'starts', 'completions'],
	...['completionDuration', 'completionRate', 'data', 'stats', 'dataAvailableSince'],
	...['source', 'browser', 'os', 'device', 'country', 'city'],
];

export const periodField: INodeProperties = {
	displayName: 'Period',
	name: 'period',
	type: 'options',
	default: '30d',
	description: 'The span of time to look at, up to now',
	options: PERIODS,
};

/** One of the five sets of figures that Tally keeps of a form. */
export async function readFigures(item: TallyItem, figures: string): Promise<unknown> {
	const formId = item.form();
	const period = item.text('period', 'Period');
	if (!PERIODS.some(({ value }) => value === period)) {
		throw new ItemError('The value of "Period" is not one that Tally knows', 'Choose one from the list in "Period".');
	}
	return await item.client.call({
		method: 'GET',
		path: `/forms/${formId}/analytics/${figures}`,
		expects: { figures: FIGURES },
		query: { period },
		chosen: { Form: formId },
	});
}

/**
 * Figures over time: one item for each span of time, named as Tally names it.
 *
 *     {data: {'2026-02-09': {visits: 3}}} → [{time: '2026-02-09', visits: 3}]
 */
export async function readBuckets(item: TallyItem, figures: string): Promise<IDataObject[]> {
	const body = await readFigures(item, figures);
	const data = isRecord(body) && isRecord(body.data) ? body.data : {};
	return Object.entries(data).map(([time, counts]) => ({
		time,
		...(isRecord(counts) ? (counts as IDataObject) : {}),
	}));
}
