import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../shared/guards';
import { cleverTapRequest } from '../transport/request';

/** The names of the account's events. */
export async function searchEvents(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await searchSchema(this, 'events', filter);
}

/** The names of the properties that the account's profiles have. */
export async function searchProfileProperties(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await searchSchema(this, 'userProperties', filter);
}

/**
 * Names from the account's schema. An account that refuses the call gives an empty list: a name can
 * be typed all the same.
 */
async function searchSchema(
	context: ILoadOptionsFunctions,
	type: 'events' | 'userProperties',
	filter: string,
): Promise<INodeListSearchResult> {
	const reply = await cleverTapRequest(context, { method: 'GET', path: `/getSchema?type=${type}` });
	const wanted = filter.toLowerCase();
	const names = isRecord(reply.body) ? namesIn(reply.body[type]) : [];
	return {
		results: [...new Set(names)]
			.filter((name) => name.toLowerCase().includes(wanted))
			.sort((a, b) => a.localeCompare(b))
			.map((name) => ({ name, value: name })),
	};
}

/**
 * A name that begins with `=` is left out: as a node's parameter it would be an expression, which
 * n8n evaluates. Whoever may send events to an account can name one so.
 */
function namesIn(list: unknown): string[] {
	return recordsIn(list).flatMap(({ name }) => (typeof name === 'string' && !name.startsWith('=') ? [name] : []));
}
