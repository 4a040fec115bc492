import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { recordsIn } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { withNodeErrors } from '../../shared/nodeError';
import { HARMLESS_ADVICE, toAnswer } from '../transport/ask';
import { cleverTapRequest } from '../transport/request';
import { errorOf } from '../transport/send';

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
 * Names from the account's schema. It is asked once: somebody waits for the list.
 *
 * @throws NodeApiError or NodeOperationError if CleverTap refuses or can't answer; a name can be typed all the same
 */
async function searchSchema(
	context: ILoadOptionsFunctions,
	type: 'events' | 'userProperties',
	filter: string,
): Promise<INodeListSearchResult> {
	const names = await withNodeErrors(context, async () => await schemaNames(context, type));
	const wanted = filter.toLowerCase();
	return {
		results: names.filter((name) => name.toLowerCase().includes(wanted)).map((name) => ({ name, value: name })),
	};
}

/**
 * The names in the account's schema, each once and in their order.
 *
 * @throws ItemError if CleverTap refuses or can't answer
 */
export async function schemaNames(
	context: ILoadOptionsFunctions,
	type: 'events' | 'userProperties',
): Promise<string[]> {
	const reply = await cleverTapRequest(context, { method: 'GET', path: `/getSchema?type=${type}` });
	const answer = reply.kind === 'reply' && reply.status < 300 ? toAnswer(reply.body) : undefined;
	if (answer !== undefined) return [...new Set(namesIn(answer[type]))].sort((a, b) => a.localeCompare(b));
	const { message, advice, code } = errorOf(reply, 1, HARMLESS_ADVICE);
	throw new ItemError(message, `${advice} Until then, choose "By Name" and type the name.`, code);
}

/**
 * A name that begins with `=` is left out: as a node's parameter it would be an expression, which
 * n8n evaluates. Whoever may send events to an account can name one so.
 */
function namesIn(list: unknown): string[] {
	return recordsIn(list).flatMap(({ name }) => (typeof name === 'string' && !name.startsWith('=') ? [name] : []));
}
