import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isPlainObject } from '../properties/flatten';
import { cleverTapRequest } from '../transport/request';

/**
 * Names from the account's schema. An account that refuses the call gives an empty list: a name can
 * be typed all the same.
 */
export async function searchSchema(
	this: ILoadOptionsFunctions,
	type: 'events' | 'userProperties',
	filter: string,
): Promise<INodeListSearchResult> {
	const reply = await cleverTapRequest.call(this, {
		method: 'GET',
		path: `/getSchema?type=${type}`,
	});
	const wanted = filter.toLowerCase();
	const names = isPlainObject(reply.body) ? namesIn(reply.body[type]) : [];
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
	if (!Array.isArray(list)) return [];
	return list.flatMap((entry: unknown) =>
		isPlainObject(entry) && typeof entry.name === 'string' && !entry.name.startsWith('=') ? [entry.name] : [],
	);
}
