import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { filledText, isRecord } from '../../shared/guards';
import type { TallyClient } from '../transport/client';
import { readList, readPage, type List, type Wanted } from '../transport/pages';

/** An entry of a list of Tally's. */
export type Entry = Record<string, unknown>;

/**
 * What another field of the node holds, whether it was chosen from a list or typed. To extract it n8n would look for
 * the field's description, and throw where the operation has no such field.
 */
export function fieldValue(context: ILoadOptionsFunctions, name: string): unknown {
	const value: unknown = context.getCurrentNodeParameter(name);
	return isRecord(value) && value.__rl === true ? value.value : value;
}

export function nameOrId(name: unknown, id: string): string {
	return filledText(name)?.trim() || `Untitled (${id})`;
}

/**
 * A name that stays one when it is chosen from a list: n8n keeps it in the node's parameters,
 * where a text that begins with `=` is an expression, which n8n would evaluate.
 */
export function literal(name: string): string {
	return name.startsWith('=') ? `“${name}”` : name;
}

/** The choices whose name or value holds what is typed. */
export function matching(choices: readonly INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const typed = filter.trim().toLowerCase();
	return choices.filter(({ name, value }) => `${name}\n${String(value)}`.toLowerCase().includes(typed));
}

interface Shown extends Pick<Wanted, 'isEnough'> {
	/** What is typed. */
	filter?: string;
	/** Which page comes next. */
	paginationToken?: string;
	/** Entries on a page; as many as Tally gives if it is missing. */
	shown?: number;
}

/** One page of a long list, or, when something is typed, all of it whose name or value holds that. */
export async function pageOrFound(
	client: TallyClient,
	list: List,
	choice: (entry: Entry) => INodeListSearchItems[],
	{ filter, paginationToken, shown, isEnough }: Shown,
): Promise<INodeListSearchResult> {
	if (filter !== undefined && filter.trim() !== '') {
		const found = await readList(client, list, { isEnough });
		return { results: matching(found.flatMap(choice), filter) };
	}
	const number = Math.max(1, Number(paginationToken ?? 1) || 1);
	const { items, hasMore } = await readPage(client, list, number, shown);
	return { results: items.flatMap(choice), ...(hasMore ? { paginationToken: String(number + 1) } : {}) };
}
