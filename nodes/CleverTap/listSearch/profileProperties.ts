import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

/** The names of the properties that the account's profiles have. */
export async function searchProfileProperties(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const { work } = await import('../work');
	return await work.searchSchema.call(this, 'userProperties', filter);
}
