import { isBlank } from '../../shared/guards';
import { ItemError } from '../../shared/itemError';
import type { Properties, PropertyValue } from '../result/record';
import { isDigits, toDateProperty } from './dates';
import { flatten, isFile, isPlainObject, type Entry } from './flatten';
import { cleanName, isStandard, NAME_BYTES, standardName, uniqueName, type Target } from './names';
import { byteLength, fits, shorten } from './shorten';
import { LIST_ITEMS, lost, scalar, texts, tidyPhone, VALUE_BYTES } from './values';

export interface FitOptions {
	readonly target: Target;
	/** Stands between the texts of a list where CleverTap takes only one text. */
	readonly listSeparator: string;
	/** Match standard profile properties whatever their case. */
	readonly matchStandardProperties: boolean;
	readonly onTooLong: 'shorten' | 'refuse';
	/** Names of properties whose values are dates, whatever they look like. */
	readonly dates?: ReadonlySet<string>;
	/** `Items` of the event Charged stay a list of objects. */
	readonly chargedItems?: boolean;
}

export interface Fitted {
	readonly properties: Properties;
	/** One sentence for each thing that had to change, without the value. */
	readonly adjusted: readonly string[];
}

const SUBSCRIPTION_GROUPS = new Set(['category-unsubscribe', 'category-resubscribe']);
/** CleverTap's SDK takes 50 items in a Charged event. */
const CHARGED_ITEMS = 50;

/**
 * Properties as CleverTap can hold them, from whatever a workflow holds: objects are flattened,
 * lists become multi-values (profile) or one text (event), files become links, dates become `$D_`,
 * names lose forbidden characters, and what is too long is shortened or refused. Empty values are
 * left out. No two names become one.
 *
 *     [['email', 'ada@x.example'], ['Paid: €', 5], ['Tags', ['a', 'b']], ['Note', null]], for a profile
 *     → {properties: {Email: 'ada@x.example', 'Paid €': 5, Tags: {$set: ['a', 'b']}},
 *        adjusted: ['"email" was sent as "Email"', '"Paid: €" was sent as "Paid €"']}
 *
 * @throws ItemError for a value that is too long, not a valid date, or no operand of its operator
 * @see https://developer.clevertap.com/docs/upload-user-profiles-api
 */
export function fitProperties(entries: readonly Entry[], options: FitOptions): Fitted {
	const adjusted: string[] = [];
	const properties: Record<string, PropertyValue> = {};
	const given = takenApart(entries, options, adjusted);

	const isKept = (name: string): boolean => keepsName(name, given, options.target);
	const isUsed = (name: string): boolean => Object.hasOwn(properties, name);
	const isNotFree = (name: string): boolean => isKept(name) || isUsed(name);
	const numbers = new Map<string, number>();

	for (const entry of given) {
		const [original, value] = entry;
		if (isEmpty(value)) continue;
		const wanted = wantedName(original, options, isNotFree);
		const fitted = fitValue(entry, wanted, options, adjusted);
		if (fitted === undefined) {
			adjusted.push(`"${label(original)}" was left out: CleverTap can’t hold its value`);
			continue;
		}
		if (options.onTooLong === 'refuse' && !fits(wanted, NAME_BYTES)) {
			throw tooLong(`The name of "${label(original)}"`, byteLength(wanted), NAME_BYTES);
		}
		const isTaken = (name: string): boolean => isUsed(name) || (name !== original && isKept(name));
		const name = uniqueName(wanted, isTaken, numbers);
		if (name !== original) adjusted.push(`"${label(original)}" was sent as "${name}"`);
		setOwn(properties, name, fitted);
	}
	return { properties, adjusted };
}

/** The entries, those with objects in their parts, of which each is a property of its own. */
function takenApart(entries: readonly Entry[], options: FitOptions, adjusted: string[]): readonly Entry[] {
	const isTogether = (entry: Entry) => !isPlainObject(entry[1]) || staysWhole(entry, options) || isFile(entry[1]);
	if (entries.every(isTogether)) return entries;
	return entries.flatMap((entry) => {
		if (isTogether(entry)) return [entry];
		const parts = flatten(entry);
		if (parts.length > 0) adjusted.push(`"${label(entry[0])}" was taken apart: one property for each of its fields`);
		return parts;
	});
}

/** Whether CleverTap takes this value as the object or list that it is. */
function staysWhole([name, value, ready]: Entry, { target, chargedItems }: FitOptions): boolean {
	if (target === 'event') return chargedItems === true && name === 'Items' && isItemList(value);
	return ready === 'ready' || (SUBSCRIPTION_GROUPS.has(name) && isGroups(value));
}

/** Whether an entry has this name and needs no other: it keeps it, whoever else would end up there. */
function keepsName(name: string, entries: readonly Entry[], target: Target): boolean {
	const isThere = entries.some(([original, value]) => original === name && !isEmpty(value));
	return isThere && (isStandard(name) || cleanName(name, target) === name);
}

/** The name that a property should have: CleverTap's own spelling, or the name without forbidden characters. */
function wantedName(original: string, options: FitOptions, isTaken: (name: string) => boolean): string {
	const { target, matchStandardProperties } = options;
	if (target === 'profile') {
		if (isStandard(original)) return original;
		const standard = matchStandardProperties ? standardName(original) : undefined;
		if (standard !== undefined && !isTaken(standard)) return standard;
	}
	return cleanName(original, target);
}

function setOwn(properties: Record<string, PropertyValue>, name: string, value: PropertyValue): void {
	if (name !== '__proto__') properties[name] = value;
	// Assigned, it would be no property.
	else Object.defineProperty(properties, name, { value, enumerable: true, configurable: true, writable: true });
}

/** One value as CleverTap holds it under this name; `undefined` if it can't. */
function fitValue(entry: Entry, name: string, options: FitOptions, adjusted: string[]): PropertyValue | undefined {
	const [original, value] = entry;
	if (staysWhole(entry, options)) return fitWhole(original, value, options, adjusted);
	if (options.dates?.has(original) || options.dates?.has(name)) {
		const date = toDateProperty(value);
		if (date === undefined) throw notADate(original);
		return date;
	}
	if (Array.isArray(value)) return fitList(original, name, value, options, adjusted);
	const single = scalar(value);
	if (single === undefined) return undefined;
	if (isFile(value)) adjusted.push(`"${label(original)}" was sent as its link`);
	const isProfile = options.target === 'profile';
	if (isProfile && name === 'DOB') return fitBirthday(original, single, options, adjusted);
	if (typeof single !== 'string') return single;
	const text = isProfile && name === 'Phone' ? fitPhone(original, single, adjusted) : single;
	return fitText(original, text, options, adjusted);
}

/** A date, where it is written as one; what is not may mean anything and stays as it is. */
function fitBirthday(
	original: string,
	value: string | number | boolean,
	options: FitOptions,
	adjusted: string[],
): PropertyValue {
	const date = typeof value === 'string' && !isDigits(value) ? toDateProperty(value) : undefined;
	if (date !== undefined) return date;
	adjusted.push(`"${label(original)}" is not a valid date; it was not sent as one`);
	return typeof value === 'string' ? fitText(original, value, options, adjusted) : value;
}

function fitPhone(original: string, phone: string, adjusted: string[]): string {
	const tidy = tidyPhone(phone);
	if (tidy !== phone) adjusted.push(`"${label(original)}" was sent without blanks and marks`);
	return tidy;
}

function fitText(original: string, value: string, { onTooLong }: FitOptions, adjusted: string[]): string {
	if (fits(value, VALUE_BYTES)) return value;
	const bytes = byteLength(value);
	if (onTooLong === 'refuse') throw tooLong(`"${label(original)}"`, bytes, VALUE_BYTES);
	adjusted.push(`"${label(original)}" was shortened from ${bytes} to ${VALUE_BYTES} bytes`);
	return shorten(value, VALUE_BYTES);
}

function fitList(
	original: string,
	name: string,
	list: readonly unknown[],
	options: FitOptions,
	adjusted: string[],
): PropertyValue | undefined {
	const all = texts(list);
	if (all.length === 0) return undefined;
	noteLost(original, list, adjusted);
	if (list.some(isFile)) adjusted.push(`"${label(original)}" was sent as its links`);
	else if (list.some((item) => isPlainObject(item) || Array.isArray(item))) {
		adjusted.push(`"${label(original)}" holds objects, which were written as JSON`);
	}
	if (options.target === 'profile' && !isStandard(name)) return { $set: fitItems(original, all, options, adjusted) };
	if (all.length > 1) adjusted.push(`"${label(original)}" was joined into one text`);
	return fitText(original, all.join(options.listSeparator), options, adjusted);
}

/** The texts of a multi-value property, within CleverTap's limits. */
function fitItems(original: string, all: readonly string[], options: FitOptions, adjusted: string[]): string[] {
	const items = [...new Set(all.map((item) => fitText(original, item, options, adjusted)))];
	if (items.length <= LIST_ITEMS) return items;
	if (options.onTooLong === 'refuse') throw tooMany(original, items.length, LIST_ITEMS);
	adjusted.push(`"${label(original)}" was cut from ${items.length} to ${LIST_ITEMS} values`);
	return items.slice(0, LIST_ITEMS);
}

function noteLost(original: string, list: readonly unknown[], adjusted: string[]): void {
	const count = lost(list);
	if (count === 0) return;
	adjusted.push(`"${label(original)}" was sent without ${count} of its values: CleverTap can’t hold them`);
}

/** An operator, subscription groups or Charged items: their form stays, their texts are fitted. */
function fitWhole(original: string, value: unknown, options: FitOptions, adjusted: string[]): PropertyValue {
	if (Array.isArray(value)) return fitCharged(value, options, adjusted);
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
	return { [operator]: fitItems(original, all, options, adjusted) };
}

function fitCharged(list: readonly unknown[], options: FitOptions, adjusted: string[]): PropertyValue {
	if (list.length > CHARGED_ITEMS && options.onTooLong === 'refuse') {
		throw tooMany('Items', list.length, CHARGED_ITEMS);
	}
	const notes = new Set<string>();
	const items = list.slice(0, CHARGED_ITEMS).map((item) => {
		const fitted = fitChargedItem(item as object, options);
		fitted.adjusted.forEach((note) => notes.add(`In "Items": ${note}`));
		return fitted.properties;
	});
	adjusted.push(...notes);
	if (list.length > CHARGED_ITEMS) adjusted.push(`"Items" was cut from ${list.length} to ${CHARGED_ITEMS}`);
	return items;
}

function fitChargedItem(item: object, options: FitOptions): Fitted {
	try {
		return fitProperties(Object.entries(item), { ...options, chargedItems: false });
	} catch (error) {
		throw error instanceof ItemError ? new ItemError(`In "Items": ${error.message}`, error.advice) : error;
	}
}

function isEmpty(value: unknown): boolean {
	return isBlank(value) || (Array.isArray(value) && value.every(isBlank));
}

/** Groups of messages by channel, such as `{"email": ["news"]}`. */
function isGroups(value: unknown): value is Readonly<Record<string, readonly string[]>> {
	const isName = (name: unknown) => typeof name === 'string' && !isBlank(name) && fits(name, VALUE_BYTES);
	return isPlainObject(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isName));
}

function isItemList(value: unknown): boolean {
	return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}

function tooLong(what: string, bytes: number, limit: number): ItemError {
	const advice = 'Shorten it, or let "When Too Long" do so.';
	return new ItemError(`${what} takes ${bytes} bytes; CleverTap holds ${limit}`, advice);
}

function tooMany(name: string, count: number, limit: number): ItemError {
	const advice = 'Send fewer, or let "When Too Long" shorten them.';
	return new ItemError(`"${label(name)}" has ${count} values; CleverTap holds ${limit}`, advice);
}

function noOperand(name: string, operator: string, wanted: string): ItemError {
	const advice = 'Correct it in "Properties (JSON)", or leave the property out.';
	return new ItemError(`"${operator}" of "${label(name)}" is not ${wanted}`, advice);
}

function notADate(name: string): ItemError {
	const advice = 'Use an ISO date such as 2026-02-09, or take the name out of "Date Properties".';
	return new ItemError(`The value of "${label(name)}" is not a valid date`, advice);
}

/** A name in a sentence: question texts can be very long. */
function label(name: string): string {
	return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}
