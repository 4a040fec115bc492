import { filledText, isRecord, recordsIn } from '../../shared/guards';
import { nameOrKey, uniqueNames } from './names';
import type { Answer } from './question';

/** Types whose answer is a list whatever the number of picks (https://tally.so/help/webhooks). */
const LISTS = new Set(['CHECKBOXES', 'MULTI_SELECT', 'RANKING']);

/** Types with one pick, or several where the form allows it. */
const PICKS = new Set(['MULTIPLE_CHOICE', 'DROPDOWN']);

const FILES = new Set(['FILE_UPLOAD', 'SIGNATURE']);

/** What a value refers to: ids and their texts, as Tally lists them beside the value. */
export interface Choices {
	options?: unknown;
	rows?: unknown;
	columns?: unknown;
}

/**
 * Brings the value of a question into its final shape.
 *
 *     'DROPDOWN', ['o1'], {options: [{id: 'o1', text: 'Price'}]} → 'Price'
 *     'RANKING', ['o1'], the same → ['Price']
 *
 * @param type Tally's name of the question's type; a type nobody has heard of keeps its value
 * @returns `null` if the question was not answered: `null`, `""`, `[]`, a matrix without a tick
 */
export function answerOf(type: string, value: unknown, choices: Choices): Answer {
	if (value === undefined || value === null || value === '') return null;
	if (LISTS.has(type)) return pickedTexts(value, choices.options);
	if (PICKS.has(type)) return onlyOrAll(pickedTexts(value, choices.options));
	if (holdsFiles(type)) return fileList(value);
	if (type === 'MATRIX' && isRecord(value)) return ticksByRow(value, choices);
	return Array.isArray(value) && value.length === 0 ? null : asJson(value);
}

/** Whether the answer is picked from options. */
export function isPicked(type: string): boolean {
	return LISTS.has(type) || PICKS.has(type);
}

/** Whether the answer is a list of files, as that of an upload or a signature. */
export function holdsFiles(type: string): boolean {
	return FILES.has(type);
}

/** The texts of the picked ids, in the order given. Before mid-2023 one pick was no list. */
function pickedTexts(value: unknown, options: unknown): Answer[] | null {
	const given: unknown[] = Array.isArray(value) ? value : [value];
	const picks = given.filter((pick) => pick !== null && pick !== '');
	if (picks.length === 0) return null;
	const texts = textsById(options, picks.length);
	return picks.map((pick) => texts(pick) ?? asJson(pick));
}

/** So few comparisons cost less than an index. */
const MAX_COMPARED = 100;

/** The options of a form are asked for again with each of its answers. */
const indexes = new WeakMap<object, ReadonlyMap<unknown, string>>();

/** Finds the text of an option; the time grows with the picks and with the options, not with both multiplied. */
function textsById(options: unknown, picks: number): (id: unknown) => string | undefined {
	if (!Array.isArray(options)) return () => undefined;
	const known = indexes.get(options);
	if (known !== undefined) return (id) => known.get(id);
	if (options.length * picks <= MAX_COMPARED) {
		const few = recordsIn(options);
		return (wanted) => filledText(few.find(({ id }) => id === wanted)?.text);
	}
	const index = new Map<unknown, string>();
	for (const { id, text } of recordsIn(options)) {
		const filled = filledText(text);
		if (filled !== undefined && !index.has(id)) index.set(id, filled);
	}
	indexes.set(options, index);
	return (id) => index.get(id);
}

/** What is alone stands for itself. */
function onlyOrAll(texts: Answer[] | null): Answer {
	const [only = null, ...others] = texts ?? [];
	return others.length === 0 ? only : texts;
}

/** `{r1: ['c1']}` → `{'Row text': 'Column text'}`, or a list where several are ticked; rows without are left out. */
function ticksByRow(value: Record<string, unknown>, { rows, columns }: Choices): Answer {
	const ticked = namedRows(rows, Object.keys(value)).flatMap(([name, id]): Array<[string, Answer]> => {
		// A row may be called `constructor`, which every object has.
		const ticks = Object.hasOwn(value, id) ? value[id] : null;
		const texts = onlyOrAll(pickedTexts(ticks ?? null, columns));
		return texts === null ? [] : [[name, texts]];
	});
	return ticked.length === 0 ? null : Object.fromEntries(ticked);
}

/**
 * The ids of the rows after their names, in the order of the form. Rows with the same text keep
 * apart, as questions do; a row without a text has its id.
 */
function namedRows(rows: unknown, tickedIds: string[]): Array<[name: string, id: string]> {
	const textOf = new Map(recordsIn(rows).map(({ id, text }) => [id, filledText(text)?.trim() ?? '']));
	const ids = [...new Set([...recordsIn(rows).flatMap(({ id }) => filledText(id) ?? []), ...tickedIds])];
	const names = uniqueNames(ids.map((id) => nameOrKey(textOf.get(id) ?? '', id)));
	return ids.map((id, index) => [names[index] as string, id]);
}

function fileList(value: unknown): Answer {
	const files: unknown[] = Array.isArray(value) ? value : [value];
	return files.length === 0 ? null : files.map(fileOf);
}

/** Name, link, type and size in bytes; an entry that is not a file stays as it came. */
function fileOf(entry: unknown): Answer {
	if (!isRecord(entry) || filledText(entry.url) === undefined) return asJson(entry);
	return {
		name: asJson(entry.name),
		url: asJson(entry.url),
		mimeType: asJson(entry.mimeType),
		size: asJson(entry.size),
	};
}

/** What `JSON.parse` gave is JSON; only what was absent needs a value. */
export function asJson(value: unknown): Answer {
	return value === undefined ? null : (value as Answer);
}
