import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../narrowing';
import type { Input } from '../run/input';

export const periodField: INodeProperties = {
	displayName: 'Period',
	name: 'period',
	type: 'options',
	default: '30d',
	description: 'The span of time to look at, up to now',
	options: [
		{ name: 'All Time', value: 'all', description: 'As far back as Tally has figures' },
		{ name: 'Last 12 Months', value: '12m', description: 'The year up to now' },
		{ name: 'Last 24 Hours', value: '24h', description: 'A day and a night up to now' },
		{ name: 'Last 3 Months', value: '3m', description: 'A quarter of a year up to now' },
		{ name: 'Last 30 Days', value: '30d', description: 'About a month up to now' },
		{ name: 'Last 6 Months', value: '6m', description: 'Half a year up to now' },
		{ name: 'Last 7 Days', value: '7d', description: 'The week up to now' },
		{ name: 'Today', value: 'today', description: 'The calendar day so far' },
		{ name: 'Yesterday', value: 'yesterday', description: 'The calendar day before' },
	],
};

const PERIODS = new Set(['today', 'yesterday', '24h', '7d', '30d', '3m', '6m', '12m', 'all']);

/** One of the five sets of figures that Tally keeps of a form. */
export async function readFigures(input: Input, figures: string): Promise<unknown> {
	const formId = input.form();
	const period = input.text('period', 'Period');
	if (!PERIODS.has(period)) {
		throw input.wrong('The value of "Period" is none that Tally knows', 'Choose one from the list in "Period".');
	}
	return await input.line.call({
		method: 'GET',
		path: `/forms/${formId}/analytics/${figures}`,
		query: { period },
		field: 'Form',
	});
}

/** Figures over time: one item for each span of time, named as Tally names it. */
export async function readBuckets(input: Input, figures: string): Promise<IDataObject[]> {
	const body = await readFigures(input, figures);
	const data = isRecord(body) && isRecord(body.data) ? body.data : {};
	return Object.entries(data).map(([time, counts]) => ({
		time,
		...(isRecord(counts) ? (counts as IDataObject) : {}),
	}));
}
