import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchSchema } from './schemaNames';

/** The names of the properties that the account's profiles have. */
export async function searchProfileProperties(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await searchSchema.call(this, 'userProperties', filter);
}
