import { isBlank, isRecord } from '../../shared/guards';
import { isDate } from '../../shared/moments';

/**
 * A property before it is fitted: the name it has in the workflow and what it holds there; `ready`
 * if the value is in CleverTap's own form already, such as `{"$add": ["vip"]}`; `withoutFiles` if no
 * link to a file may go out.
 */
export type Entry = readonly [name: string, value: unknown, how?: 'ready' | 'withoutFiles'];

/** A file as Tally's submissions hold it; CleverTap gets its link. */
export interface FileLink {
	readonly url: string;
}

/** Unlike `isRecord` it takes no date for one: a date is a value. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return isRecord(value) && !isDate(value);
}

export function isFile(value: unknown): value is FileLink {
	return isPlainObject(value) && typeof value.url === 'string' && 'mimeType' in value;
}

/** So deep is nothing that people fill in; calling deeper and deeper would end in an error of JavaScript's. */
const MAX_DEPTH = 100;

/** A value of which nothing can be held; unlike nothing, it is not left out without a word. */
const UNHOLDABLE = Symbol('unholdable');

/**
 * Entries whose values hold no objects any more: each member of one becomes an entry of its own, whatever
 * the depth. Lists stay lists.
 *
 * @param prefix what the names of the members begin with, of a name that may be too long to repeat
 *
 *     ['Rate us', {Speed: 'Good'}] → [['Rate us - Speed', 'Good']]
 */
export function flatten([name, value, how]: Entry, prefix: (name: string) => string, depth = 0): Entry[] {
	if (!isPlainObject(value) || isFile(value)) return [how === undefined ? [name, value] : [name, value, how]];
	if (depth === MAX_DEPTH) return [[name, UNHOLDABLE]];
	const start = prefix(name);
	return Object.entries(value).flatMap(([key, inner]) => flatten([`${start} - ${key}`, inner, how], prefix, depth + 1));
}

/** Whether a value says nothing: nothing, blanks, a list of these. */
export function isEmpty(value: unknown): boolean {
	return isBlank(value) || (Array.isArray(value) && value.every(isBlank));
}

/** Whether nothing of an entry goes out, whatever CleverTap can hold: also an object of nothing but empty fields. */
export function holdsNothing(entry: Entry): boolean {
	const [, held, how] = entry;
	if (how === 'ready') return false;
	if (!isPlainObject(held)) return isEmpty(held);
	return flatten(entry, () => '').every(([, value]) => isEmpty(value));
}

/** Whether a value is a file or holds one; of what is nested too deep nobody knows. */
export function holdsFile(value: unknown, depth = 0): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return depth === MAX_DEPTH || isFile(value) || Object.values(value).some((inner) => holdsFile(inner, depth + 1));
}
