import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { filledText, isRecord, recordsIn } from '../../shared/guards';
import { withNodeErrors } from '../../shared/nodeError';
import { readForm } from '../form/blocks';
import { formIn } from '../form/parameter';
import { hiddenFieldNames, readQuestions } from '../form/questions';
import { TallyClient } from '../transport/client';
import { isId } from '../transport/ids';
import type { List } from '../transport/pages';
import { fieldValue, literal, matching, nameOrId, pageOrFound, type Entry } from './choices';

/** Whoever types looks for something recent; all submissions of a form may be hundreds of thousands. */
const MAX_PAGES_SEARCHED = 10;

/** The questions of the chosen form, by their texts. Those that were removed are left out. */
export async function searchQuestions(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const choices = recordsIn(await questionsOf(context)).flatMap(({ id, title, isDeleted }): INodeListSearchItems[] =>
			isId(id) && isDeleted !== true ? [{ name: literal(nameOrId(title, id)), value: id }] : [],
		);
		return { results: matching(choices, filter) };
	});
}

/** The hidden fields of the chosen form. */
export async function searchHiddenFields(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const choices = hiddenFieldNames(readQuestions(await questionsOf(context), readForm(undefined)))
			// n8n keeps what is chosen, and would evaluate it.
			.filter((name) => !name.startsWith('='))
			.map((name) => ({ name, value: name }));
		return { results: matching(choices, filter) };
	});
}

async function questionsOf(context: ILoadOptionsFunctions): Promise<unknown> {
	const path = `/forms/${formIn(fieldValue(context, 'formId'))}/questions`;
	const body = await new TallyClient(context).call({ method: 'GET', path, expects: { list: 'questions' } });
	return isRecord(body) ? body.questions : body;
}

/**
 * The submissions of the chosen form, by their times in n8n's time zone: page by page, or, when something is typed,
 * those of the newest pages whose time or ID holds it. The list shows no answer: what is chosen n8n keeps in the workflow.
 */
export async function searchSubmissions(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async (context) => {
		const client = new TallyClient(context);
		const list: List = {
			request: {
				method: 'GET',
				path: `/forms/${formIn(fieldValue(context, 'formId'))}/submissions`,
				query: { filter: 'all' },
			},
			name: 'submissions',
			maxAtOnce: 500,
		};
		const choice = submissionChoice(context.getTimezone());
		let pages = 0;
		return await pageOrFound(client, list, choice, {
			filter,
			paginationToken,
			shown: 50,
			isEnough: () => ++pages >= MAX_PAGES_SEARCHED,
		});
	});
}

/** `{id: 'Z9Z97Go', submittedAt: '2026-02-09T10:00:00.000Z', isCompleted: false}` → `2026-02-09 10:00 · Z9Z97Go (partial)` */
function submissionChoice(timeZone: string): (submission: Entry) => INodeListSearchItems[] {
	// Sweden writes times as ISO 8601 does.
	const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
	return ({ id, submittedAt, isCompleted }) => {
		if (!isId(id)) return [];
		const at = Date.parse(filledText(submittedAt) ?? '');
		const name = `${Number.isNaN(at) ? '?' : format.format(at)} · ${id}${isCompleted === false ? ' (partial)' : ''}`;
		return [{ name, value: id }];
	};
}
