import { shownName } from '../result/shownName';
import { leftOut, tooLong, tooMany, type FitOptions } from './fitOptions';
import { hasLink, joinWithin, shortenOutsideLinks } from './joinTexts';
import { byteLength, fits, shorten } from './shorten';
import { LIST_ITEMS, VALUE_BYTES } from './values';

/** One text within CleverTap's limit; nothing where it is a link that is too long. @throws ItemError if it is to be refused */
export function fitText(original: string, value: string, options: FitOptions, adjusted: string[]): string | undefined {
	if (fits(value, VALUE_BYTES)) return value;
	const short = cut(original, value, options);
	if (short === '') return leftOut(original, `its link takes more than ${VALUE_BYTES} bytes`, adjusted);
	const rest = options.rules === 2 ? linksIn(value) - linksIn(short) : 0;
	const without = rest > 0 ? `, without ${rest} of its links` : '';
	adjusted.push(
		`"${shownName(original)}" was shortened from ${byteLength(value)} to ${byteLength(short)} bytes${without}`,
	);
	return short;
}

/** All texts of a list as one; of links only whole ones. */
export function fitJoined(
	original: string,
	all: readonly string[],
	options: FitOptions,
	adjusted: string[],
): string | undefined {
	if (all.length > 1) adjusted.push(`"${shownName(original)}" was joined into one text`);
	const { listSeparator, onTooLong, rules } = options;
	if (rules === 1 || onTooLong === 'refuse' || all.length === 1 || !all.some(hasLink)) {
		return fitText(original, all.join(listSeparator), options, adjusted);
	}
	const { text, leftOut: count } = joinWithin(all, listSeparator, VALUE_BYTES);
	if (text === '') return leftOut(original, `each of its links takes more than ${VALUE_BYTES} bytes`, adjusted);
	if (count > 0) {
		adjusted.push(`"${shownName(original)}" was sent without ${count} of its ${all.length} values: there was no room`);
	}
	return text;
}

/** So many texts of a list are shortened, which takes time, though they may turn out to be the same. */
const MAX_CUTS = 3 * LIST_ITEMS;

/** The texts of a multi-value property, within CleverTap's limits. What is beyond them is not looked at. */
export function fitItems(
	original: string,
	all: readonly string[],
	options: FitOptions,
	adjusted: string[],
): string[] | undefined {
	const given = new Set(all);
	const items = new Set<string>();
	let seen = 0;
	let shortened = 0;
	let tooLongLinks = 0;
	if (options.onTooLong === 'refuse' && given.size > LIST_ITEMS) throw tooMany(original, given.size, LIST_ITEMS);
	for (const text of given) {
		if (items.size === LIST_ITEMS || shortened + tooLongLinks === MAX_CUTS) break;
		seen++;
		const item = cut(original, text, options);
		if (item === '') tooLongLinks++;
		else items.add(item);
		if (item !== text && item !== '') shortened++;
	}
	if (items.size === 0) return leftOut(original, `each of its links takes more than ${VALUE_BYTES} bytes`, adjusted);
	const name = shownName(original);
	if (shortened > 0) adjusted.push(`"${name}": ${shortened} of its values were shortened to ${VALUE_BYTES} bytes`);
	if (tooLongLinks > 0) {
		adjusted.push(`"${name}" was sent without ${tooLongLinks} of its links, which take more than ${VALUE_BYTES} bytes`);
	}
	if (seen < given.size) adjusted.push(`"${name}" was cut from ${given.size} to ${items.size} values`);
	return [...items];
}

function cut(original: string, value: string, { rules, onTooLong }: FitOptions): string {
	if (fits(value, VALUE_BYTES)) return value;
	if (onTooLong === 'refuse') throw tooLong(`"${shownName(original)}"`, byteLength(value), VALUE_BYTES);
	return rules === 1 ? shorten(value, VALUE_BYTES) : shortenOutsideLinks(value, VALUE_BYTES);
}

function linksIn(text: string): number {
	return text.match(/:\/\/(?:www\.)?|www\./g)?.length ?? 0;
}
