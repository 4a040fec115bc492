import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

/** The names of the account's events. */
export async function searchEvents(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const { work } = await import('../work');
	return await work.searchSchema.call(this, 'events', filter);
}
