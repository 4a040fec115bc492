import type { IDataObject } from 'n8n-workflow';

import { timeOf } from './logged';

/**
 * The settled moment stands at the webhook itself, as a header that Tally adds to its deliveries. n8n would keep it with
 * the workflow's static data, which it saves as a whole: what a Code node keeps there would be put back. Lost, it costs
 * a longer look back.
 */
const HEADER = 'X-Settled-Until';

/**
 * The moment in the headers of a webhook.
 *
 *     [{name: 'X-Settled-Until', value: '2026-02-09T10:00:00.000Z'}] → 1770631200000
 *
 * @returns 0 if there is none, or if a gateway hides it
 */
export function settledIn(headers: readonly IDataObject[] | null): number {
	const header = headers?.find(isOurs);
	return timeOf(header?.value) ?? 0;
}

/** The same headers with another moment; those that somebody else has added stay. */
export function withSettled(headers: readonly IDataObject[] | null, moment: number): IDataObject[] {
	const others = headers?.filter((header) => !isOurs(header)) ?? [];
	return [...others, { name: HEADER, value: new Date(moment).toISOString() }];
}

function isOurs({ name }: IDataObject): boolean {
	return typeof name === 'string' && name.toLowerCase() === HEADER.toLowerCase();
}
