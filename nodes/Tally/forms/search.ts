import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { literalName } from '../listSearch/literal';
import { filledText, isId } from '../narrowing';
import { callTally } from '../transport/api';
import { readAllPages, readPage, type Page } from '../transport/pages';
import { editorAddress } from './address';

/** The most that Tally gives at once (Tally docs, `GET /forms`). */
const PAGE_SIZE = 500;

/**
 * The forms for the form picker: page by page, or, when something is typed, all whose name or
 * ID holds it, whichever page they are on. Forms in the trash are left out.
 */
export async function searchForms(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const readOne = async (page: number): Promise<Page> =>
		readPage(
			await callTally(this, {
				method: 'GET',
				path: '/forms',
				query: { page, limit: PAGE_SIZE },
			}),
			'items',
		);

	const wanted = filter?.trim().toLowerCase() ?? '';
	if (wanted !== '') {
		const forms = (await readAllPages(readOne)).flatMap(listEntry);
		return {
			results: forms.filter(({ name, value }) => `${name}\n${String(value)}`.toLowerCase().includes(wanted)),
		};
	}

	const number = Math.max(1, Number(paginationToken ?? 1) || 1);
	const page = await readOne(number);
	return {
		results: page.items.flatMap(listEntry),
		...(page.hasMore ? { paginationToken: String(number + 1) } : {}),
	};
}

function listEntry(form: Record<string, unknown>): INodeListSearchItems[] {
	const { id, status } = form;
	if (!isId(id) || status === 'DELETED') return [];
	const name = literalName(filledText(form.name)?.trim() ?? '');
	return [{ name: name === '' ? `Untitled (${id})` : name, value: id, url: editorAddress(id) }];
}
