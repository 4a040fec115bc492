import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchSchema } from './schemaNames';

/** The names of the account's events. */
export async function searchEvents(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await searchSchema.call(this, 'events', filter);
}
