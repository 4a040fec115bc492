import { isBlank } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import { describeValue } from '../../shared/moments';
import type { Properties, PropertyValue } from '../result/record';
import { shownName } from '../result/shownName';
import { dateProperty } from './dateProperty';
import { leftOut, tooMany, type FitOptions } from './fitOptions';
import { fitStandard } from './fitStandard';
import { fitItems, fitJoined, fitText } from './fitTexts';
import { flatten, holdsFile, isEmpty, isFile, isPlainObject, type Entry } from './flatten';
import { isStandard } from './names';
import { propertyName } from './propertyName';
import { recordNames } from './recordNames';
import { fits } from './shorten';
import { isDigits, lost, scalar, texts, VALUE_BYTES } from './values';

export interface Fitted {
	readonly properties: Properties;
	/** One sentence for each thing that had to change, without the value. */
	readonly adjusted: readonly string[];
}

const SUBSCRIPTION_GROUPS = new Set(['category-unsubscribe', 'category-resubscribe']);
/** CleverTap's SDK takes 50 items in a Charged event. */
const CHARGED_ITEMS = 50;

/** Nobody reads more; a record of thousands of fields has no more to say. */
const MAX_NOTES = 100;
/** No name is longer that anybody reads; what is put together with it would be as long each time. */
const MAX_PREFIX = 1000;

/**
 * Properties as CleverTap can hold them, from whatever a workflow holds: objects are flattened,
 * lists become multi-values (profile) or one text (event), files become links, dates become `$D_`,
 * names lose forbidden characters, and what is too long is shortened or refused. Empty values are
 * left out. The work grows with the size of the entries and with nothing else.
 *
 *     [['email', 'ada@x.example'], ['Paid: €', 5], ['Tags', ['a', 'b']], ['Note', null]], for a profile
 *     → {properties: {Email: 'ada@x.example', 'Paid꞉ €': 5, Tags: {$set: ['a', 'b']}},
 *        adjusted: ['"email" was sent as "Email"', '"Paid: €" was sent as "Paid꞉ €"']}
 *
 * @throws ItemError for a value that is too long, not a valid date, or no operand of its operator
 * @see https://developer.clevertap.com/docs/upload-user-profiles-api
 */
export function fitProperties(entries: readonly Entry[], options: FitOptions): Fitted {
	const adjusted: string[] = [];
	const properties: Record<string, PropertyValue> = {};
	const apart: Apart[] = [];
	const sentAs = new Map<Entry, string>();
	const given = takenApart(entries, options, adjusted, apart);
	const isUsed = (name: string): boolean => Object.hasOwn(properties, name);
	const names = recordNames(namesThere(given), isUsed, options);

	for (const entry of given) {
		const [original, value] = entry;
		if (isEmpty(value)) continue;
		const wanted = names.wanted(original);
		if (names.isTaken(original, wanted)) {
			leftOut(original, `another property is sent as "${shownName(wanted)}"`, adjusted);
			continue;
		}
		const fitted = fitValue(entry, wanted, options, adjusted);
		if (fitted === undefined) continue;
		const name = names.final(original, wanted);
		if (name !== original) adjusted.push(`"${shownName(original)}" was sent as "${name}"`);
		setOwn(properties, name, fitted);
		if (apart.length > 0) sentAs.set(entry, name);
	}
	if (apart.length === 0) return { properties, adjusted: bounded(adjusted) };
	// What has no value is said by whoever knows what was mapped.
	for (const { at, name, parts } of apart) adjusted[at] = apartNote(name, parts, sentAs);
	return { properties, adjusted: bounded(adjusted.filter((note) => note !== '')) };
}

/** As many sentences as anybody reads, and how many more there are. */
export function bounded(notes: readonly string[]): readonly string[] {
	if (notes.length <= MAX_NOTES) return notes;
	return [...notes.slice(0, MAX_NOTES), `… and ${notes.length - MAX_NOTES} more changes`];
}

/** A property that was taken apart, and where the sentence about it stands among all. */
interface Apart {
	readonly name: string;
	readonly parts: readonly Entry[];
	readonly at: number;
}

/** So many names of parts are told. */
const MAX_NAMES = 10;

/** Under which names the parts of a property went out; nothing if none did. */
function apartNote(name: string, parts: readonly Entry[], sentAs: ReadonlyMap<Entry, string>): string {
	const names = parts.flatMap((part) => sentAs.get(part) ?? []);
	if (names.length === 0) return '';
	const shown = names.slice(0, MAX_NAMES).map((part) => `"${shownName(part)}"`);
	const more = names.length - shown.length;
	const all = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
	return `"${shownName(name)}" was taken apart into ${all}`;
}

/**
 * The entries, those with objects in their parts, of which each is a property of its own.
 *
 * @param apart gets what was taken apart, by the rules of version 2
 */
function takenApart(
	entries: readonly Entry[],
	options: FitOptions,
	adjusted: string[],
	apart: Apart[],
): readonly Entry[] {
	const isTogether = (entry: Entry) => !isPlainObject(entry[1]) || staysWhole(entry, options) || isFile(entry[1]);
	if (entries.every(isTogether)) return entries;
	const prefix = (name: string): string => {
		if (name.length <= MAX_PREFIX) return name;
		return options.rules === 1 ? name.slice(0, MAX_PREFIX) : propertyName(name, options.target);
	};
	return entries.flatMap((entry) => {
		if (isTogether(entry)) return [entry];
		const parts = flatten(entry, prefix);
		if (parts.length === 0) return parts;
		const [name] = entry;
		if (options.rules === 2) apart.push({ name, parts, at: adjusted.length });
		adjusted.push(`"${shownName(name)}" was taken apart: one property for each of its fields`);
		return parts;
	});
}

/** Whether CleverTap takes this value as the object or list that it is. */
function staysWhole([name, value, ready]: Entry, { target, chargedItems }: FitOptions): boolean {
	if (target === 'event') return chargedItems === true && name === 'Items' && isItemList(value);
	return ready === 'ready' || (SUBSCRIPTION_GROUPS.has(name) && isGroups(value));
}

/** So few entries are looked through faster than a set of them is made. */
const FEW = 20;

/** Whether an entry with a value has this very name. */
function namesThere(given: readonly Entry[]): (name: string) => boolean {
	if (given.length <= FEW) {
		return (name) => given.some(([original, value]) => original === name && !isEmpty(value));
	}
	let names: Set<string> | undefined;
	return (name) => {
		names ??= new Set(given.filter(([, value]) => !isEmpty(value)).map(([original]) => original));
		return names.has(name);
	};
}

function setOwn(properties: Record<string, PropertyValue>, name: string, value: PropertyValue): void {
	if (name !== '__proto__') properties[name] = value;
	// Assigned, it would be no property.
	else Object.defineProperty(properties, name, { value, enumerable: true, configurable: true, writable: true });
}

/** One value as CleverTap holds it under this name; `undefined` if it can't, which is said. */
function fitValue(entry: Entry, name: string, options: FitOptions, adjusted: string[]): PropertyValue | undefined {
	const [original, value, how] = entry;
	if (staysWhole(entry, options)) return fitWhole(entry, options, adjusted);
	if (how === 'withoutFiles' && holdsFile(value)) return leftOut(original, NO_FILES, adjusted);
	if (options.dates?.has(original) || options.dates?.has(name)) {
		const date = dateProperty(value);
		if (date === undefined) throw notADate(original, value);
		return date;
	}
	const isOwn = options.target === 'profile' && isStandard(name);
	if (Array.isArray(value)) return fitList(entry, name, isOwn, options, adjusted);
	const single = scalar(value);
	if (single === undefined) return leftOut(original, NO_ROOM, adjusted);
	if (isFile(value)) adjusted.push(`"${shownName(original)}" was sent as its link`);
	if (isOwn) return fitStandard(original, name, single, options, adjusted);
	return typeof single === 'string' ? fitText(original, single, options, adjusted) : single;
}

const NO_FILES = 'links to files go out with every field only if "Include File Links" is on';
const NO_ROOM = 'CleverTap can’t hold its value';

function fitList(
	[original, value]: Entry,
	name: string,
	isOwn: boolean,
	options: FitOptions,
	adjusted: string[],
): PropertyValue | undefined {
	const list = value as readonly unknown[];
	const all = texts(list);
	if (all.length === 0) return leftOut(original, NO_ROOM, adjusted);
	noteLost(original, list, adjusted);
	if (list.some(isFile)) adjusted.push(`"${shownName(original)}" was sent as its links`);
	else if (list.some((item) => isPlainObject(item) || Array.isArray(item))) {
		adjusted.push(`"${shownName(original)}" holds objects, which were written as JSON`);
	}
	if (options.target === 'profile' && !isOwn) {
		const items = fitItems(original, all, options, adjusted);
		return items && { $set: items };
	}
	const [only] = all;
	if (isOwn && only !== undefined && all.length === 1 && (options.rules === 2 || name === 'Email')) {
		return fitStandard(original, name, only, options, adjusted);
	}
	return fitJoined(original, all, options, adjusted);
}

function noteLost(original: string, list: readonly unknown[], adjusted: string[]): void {
	const count = lost(list);
	if (count === 0) return;
	adjusted.push(`"${shownName(original)}" was sent without ${count} of its values: CleverTap can’t hold them`);
}

/** An operator, subscription groups or Charged items: their form stays, their texts are fitted. */
function fitWhole([original, value, how]: Entry, options: FitOptions, adjusted: string[]): PropertyValue | undefined {
	if (Array.isArray(value)) return fitCharged(value, how, options, adjusted);
	if (SUBSCRIPTION_GROUPS.has(original) && isGroups(value)) return value;
	const [operator, operand] = Object.entries(value as Record<string, unknown>)[0] ?? [''];
	if (operator === '$delete') {
		if (operand === 1 || operand === true) return { [operator]: 1 };
		throw noOperand(original, operator, '1');
	}
	if (operator === '$incr' || operator === '$decr') {
		const number = typeof operand === 'string' && isDigits(operand) ? Number(operand) : operand;
		if (typeof number === 'number' && Number.isFinite(number)) return { [operator]: number };
		throw noOperand(original, operator, 'a number');
	}
	const list: unknown[] = [operand].flat();
	const all = texts(list);
	// An empty list is meant; what only comes to nothing must not empty what is there.
	const isMeant = all.length > 0 || (Array.isArray(operand) && operand.length === 0);
	if (!isMeant) throw noOperand(original, operator, 'a list of texts');
	noteLost(original, list, adjusted);
	const items = all.length === 0 ? [] : fitItems(original, all, options, adjusted);
	return items && { [operator]: items };
}

function fitCharged(list: readonly unknown[], how: Entry[2], options: FitOptions, adjusted: string[]): PropertyValue {
	if (list.length > CHARGED_ITEMS && options.onTooLong === 'refuse') {
		throw tooMany('Items', list.length, CHARGED_ITEMS);
	}
	const notes = new Set<string>();
	const items = list.slice(0, CHARGED_ITEMS).map((item) => {
		const fitted = fitChargedItem(item as object, how, options);
		fitted.adjusted.forEach((note) => notes.add(`In "Items": ${note}`));
		return fitted.properties;
	});
	for (const note of notes) adjusted.push(note);
	if (list.length > CHARGED_ITEMS) adjusted.push(`"Items" was cut from ${list.length} to ${CHARGED_ITEMS}`);
	return items;
}

function fitChargedItem(item: object, how: Entry[2], options: FitOptions): Fitted {
	try {
		const entries = Object.entries(item).map(([name, value]): Entry => [name, value, how]);
		return fitProperties(entries, { ...options, chargedItems: false });
	} catch (error) {
		throw error instanceof ItemError ? new ItemError(`In "Items": ${error.message}`, error.advice) : error;
	}
}

/** Groups of messages by channel, such as `{"email": ["news"]}`. */
function isGroups(value: unknown): value is Readonly<Record<string, readonly string[]>> {
	const isName = (name: unknown) => typeof name === 'string' && !isBlank(name) && fits(name, VALUE_BYTES);
	return isPlainObject(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isName));
}

function isItemList(value: unknown): boolean {
	return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}

function noOperand(name: string, operator: string, wanted: string): ItemError {
	const advice = 'Correct it in "Properties (JSON)", or leave the property out.';
	return new ItemError(`"${operator}" of "${shownName(name)}" is not ${wanted}`, advice);
}

function notADate(name: string, value: unknown): ItemError {
	const advice = 'Use an ISO date such as 2026-02-09, or take the name out of "Date Properties".';
	return new ItemError(`The value of "${shownName(name)}" is not a valid date: ${describeValue(value)}`, advice);
}
