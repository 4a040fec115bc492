import { isDigits, toDateProperty } from './dates';
import { flatten, isFile, isPlainObject, type Entry } from './flatten';
import { cleanName, isStandard, NAME_BYTES, standardName, uniqueName, type Target } from './names';
import { byteLength, fits, shorten } from './shorten';
import { isBlank, LIST_ITEMS, lost, scalar, texts, tidyPhone, VALUE_BYTES } from './values';
import type { Properties, PropertyValue } from '../upload/record';
import { isRefused, refused, type Refused } from '../upload/verdict';

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
 * The entries are not changed.
 */
export function fitProperties(entries: readonly Entry[], options: FitOptions): Fitted | Refused {
	const fitting = new Fitting(entries, options);
	for (const entry of fitting.entries) {
		const problem = fitting.add(entry);
		if (problem !== undefined) return problem;
	}
	return fitting.result();
}

class Fitting {
	/** What goes out: what was given, objects that have to be taken apart in their parts. */
	readonly entries: readonly Entry[];

	private readonly properties: Record<string, PropertyValue> = {};

	private readonly adjusted: string[] = [];

	/** The last number behind each name that came more than once; made for the first name that has to change. */
	private numbers: Map<string, number> | undefined;

	private reserved: ReadonlySet<string> | undefined;

	constructor(
		entries: readonly Entry[],
		private readonly options: FitOptions,
	) {
		const isTogether = (entry: Entry): boolean =>
			!isPlainObject(entry[1]) || this.staysWhole(entry) || isFile(entry[1]);
		this.entries = entries.every(isTogether)
			? entries
			: entries.flatMap((entry) => (isTogether(entry) ? [entry] : this.takeApart(entry)));
	}

	result(): Fitted {
		return { properties: this.properties, adjusted: this.adjusted };
	}

	/** Whether CleverTap takes this value as the object or list that it is. */
	private staysWhole([name, value, ready]: Entry): boolean {
		if (this.options.target === 'event') {
			return this.options.chargedItems === true && name === 'Items' && isItemList(value);
		}
		return ready === 'ready' || (SUBSCRIPTION_GROUPS.has(name) && isGroups(value));
	}

	private takeApart(entry: Entry): Entry[] {
		const parts = flatten(entry);
		if (parts.length > 0) {
			this.adjusted.push(`"${label(entry[0])}" was taken apart: one property for each of its fields`);
		}
		return parts;
	}

	/**
	 * Whether an entry has this name and needs no other: it keeps the name, whoever else would end up
	 * there. Few records have a name that has to change: what is needed for these is made then.
	 */
	private isReserved(name: string): boolean {
		const { target } = this.options;
		this.reserved ??= new Set(
			this.entries
				.filter(([, value]) => !isEmpty(value))
				.map(([original]) => original)
				.filter((original) => isStandard(original) || cleanName(original, target) === original),
		);
		return this.reserved.has(name);
	}

	/** Adds one entry; gives the refusal of the whole record if something is too long. */
	add(entry: Entry): Refused | undefined {
		const [original, value] = entry;
		if (isEmpty(value)) return undefined;
		const wanted = this.wantedName(original);
		const held = this.held(entry, wanted);
		if (held === undefined) {
			this.adjusted.push(`"${label(original)}" was left out: CleverTap can’t hold its value`);
			return undefined;
		}
		if (isRefused(held)) return held;
		if (this.options.onTooLong === 'refuse' && !fits(wanted, NAME_BYTES)) {
			return tooLong(`The name of "${label(original)}"`, byteLength(wanted), NAME_BYTES);
		}
		// Of most records no name has to change: nothing is made that only a change needs.
		const keepsName = wanted === original && fits(wanted, NAME_BYTES) && !this.has(wanted);
		const name = keepsName ? wanted : this.freeName(wanted, original);
		if (name !== original) this.adjusted.push(`"${label(original)}" was sent as "${name}"`);
		this.set(name, held.value);
		return undefined;
	}

	private freeName(wanted: string, original: string): string {
		this.numbers ??= new Map();
		const isTaken = (name: string): boolean => this.has(name) || (name !== original && this.isReserved(name));
		return uniqueName(wanted, isTaken, this.numbers);
	}

	private has(name: string): boolean {
		return Object.hasOwn(this.properties, name);
	}

	private set(name: string, value: PropertyValue): void {
		if (name !== '__proto__') {
			this.properties[name] = value;
			return;
		}
		// Assigned, it would be no property.
		Object.defineProperty(this.properties, name, { value, enumerable: true, configurable: true, writable: true });
	}

	private wantedName(original: string): string {
		const { target, matchStandardProperties } = this.options;
		if (target === 'profile') {
			if (isStandard(original)) return original;
			const standard = matchStandardProperties ? standardName(original) : undefined;
			if (standard !== undefined && !this.isReserved(standard) && !this.has(standard)) {
				return standard;
			}
		}
		return cleanName(original, target);
	}

	private held(entry: Entry, name: string): { value: PropertyValue } | Refused | undefined {
		const [original, value] = entry;
		if (this.staysWhole(entry)) return this.whole(original, value);
		if (this.options.dates?.has(original) || this.options.dates?.has(name)) {
			const date = toDateProperty(value);
			return date === undefined ? notADate(original) : { value: date };
		}
		if (Array.isArray(value)) return this.list(original, name, value);
		const single = scalar(value);
		if (single === undefined) return undefined;
		if (isFile(value)) this.adjusted.push(`"${label(original)}" was sent as its link`);
		const isProfile = this.options.target === 'profile';
		if (isProfile && name === 'DOB') return this.birthday(original, single);
		if (typeof single !== 'string') return { value: single };
		if (isProfile && name === 'Phone') return this.text(original, this.tidied(original, single));
		return this.text(original, single);
	}

	/** A date, where it is written as one; what is not may mean anything and stays as it is. */
	private birthday(original: string, value: string | number | boolean): { value: PropertyValue } | Refused {
		const date = typeof value === 'string' && !isDigits(value) ? toDateProperty(value) : undefined;
		if (date !== undefined) return { value: date };
		this.adjusted.push(`"${label(original)}" is no date that this node can read; it was not sent as one`);
		return typeof value === 'string' ? this.text(original, value) : { value };
	}

	private tidied(original: string, phone: string): string {
		const tidy = tidyPhone(phone);
		if (tidy !== phone) this.adjusted.push(`"${label(original)}" was sent without blanks and marks`);
		return tidy;
	}

	private text(original: string, value: string): { value: string } | Refused {
		if (fits(value, VALUE_BYTES)) return { value };
		const bytes = byteLength(value);
		if (this.options.onTooLong === 'refuse') {
			return tooLong(`"${label(original)}"`, bytes, VALUE_BYTES);
		}
		this.adjusted.push(`"${label(original)}" was shortened from ${bytes} to ${VALUE_BYTES} bytes`);
		return { value: shorten(value, VALUE_BYTES) };
	}

	private list(
		original: string,
		name: string,
		list: readonly unknown[],
	): { value: PropertyValue } | Refused | undefined {
		const all = texts(list);
		if (all.length === 0) return undefined;
		this.noteLost(original, list);
		if (list.some(isFile)) this.adjusted.push(`"${label(original)}" was sent as its links`);
		else if (list.some((item) => isPlainObject(item) || Array.isArray(item))) {
			this.adjusted.push(`"${label(original)}" holds objects, which were written as JSON`);
		}
		if (this.options.target === 'event' || isStandard(name)) {
			if (all.length > 1) this.adjusted.push(`"${label(original)}" was joined into one text`);
			return this.text(original, all.join(this.options.listSeparator));
		}
		const items = this.items(original, all);
		return isRefused(items) ? items : { value: { $set: items } };
	}

	private noteLost(original: string, list: readonly unknown[]): void {
		const count = lost(list);
		if (count === 0) return;
		this.adjusted.push(`"${label(original)}" was sent without ${count} of its values: CleverTap can’t hold them`);
	}

	/** The texts of a multi-value property, within CleverTap's limits. */
	private items(original: string, all: readonly string[]): string[] | Refused {
		const items = new Set<string>();
		for (const item of all) {
			const fitted = this.text(original, item);
			if (isRefused(fitted)) return fitted;
			items.add(fitted.value);
		}
		if (items.size > LIST_ITEMS) {
			if (this.options.onTooLong === 'refuse') return tooMany(original, items.size, LIST_ITEMS);
			this.adjusted.push(`"${label(original)}" was cut from ${items.size} to ${LIST_ITEMS} values`);
		}
		return [...items].slice(0, LIST_ITEMS);
	}

	/** An operator, subscription groups or Charged items: their form stays, their texts are fitted. */
	private whole(original: string, value: unknown): { value: PropertyValue } | Refused {
		if (Array.isArray(value)) return this.charged(value);
		if (SUBSCRIPTION_GROUPS.has(original) && isGroups(value)) return { value };
		const [operator, operand] = Object.entries(value as Record<string, unknown>)[0] ?? [''];
		if (operator === '$delete') {
			const isMeant = operand === 1 || operand === true;
			return isMeant ? { value: { [operator]: 1 } } : noOperand(original, operator, '1');
		}
		if (operator === '$incr' || operator === '$decr') {
			const number = typeof operand === 'string' && isDigits(operand) ? Number(operand) : operand;
			const isNumber = typeof number === 'number' && Number.isFinite(number);
			return isNumber ? { value: { [operator]: number } } : noOperand(original, operator, 'a number');
		}
		const list: unknown[] = [operand].flat();
		const all = texts(list);
		// An empty list is meant; what only comes to nothing must not empty what is there.
		if (all.length === 0 && !isEmptyList(operand)) return noOperand(original, operator, 'a list of texts');
		this.noteLost(original, list);
		const items = this.items(original, all);
		return isRefused(items) ? items : { value: { [operator]: items } };
	}

	private charged(list: readonly unknown[]): { value: PropertyValue } | Refused {
		if (list.length > CHARGED_ITEMS && this.options.onTooLong === 'refuse') {
			return tooMany('Items', list.length, CHARGED_ITEMS);
		}
		const items: Properties[] = [];
		const notes = new Set<string>();
		for (const item of list.slice(0, CHARGED_ITEMS)) {
			const options = { ...this.options, chargedItems: false };
			const fitted = fitProperties(Object.entries(item as object), options);
			if (isRefused(fitted)) return { ...fitted, reason: `In "Items": ${fitted.reason}` };
			items.push(fitted.properties);
			fitted.adjusted.forEach((note) => notes.add(`In "Items": ${note}`));
		}
		this.adjusted.push(...notes);
		if (list.length > CHARGED_ITEMS) {
			this.adjusted.push(`"Items" was cut from ${list.length} to ${CHARGED_ITEMS}`);
		}
		return { value: items };
	}
}

function isEmpty(value: unknown): boolean {
	return isBlank(value) || (Array.isArray(value) && value.every(isBlank));
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

/** Groups of messages by channel, such as `{"email": ["news"]}`. */
function isGroups(value: unknown): value is Readonly<Record<string, readonly string[]>> {
	const isName = (name: unknown) => typeof name === 'string' && !isBlank(name) && fits(name, VALUE_BYTES);
	return isPlainObject(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isName));
}

function isItemList(value: unknown): boolean {
	return Array.isArray(value) && value.length > 0 && value.every(isPlainObject);
}

function tooLong(what: string, bytes: number, limit: number): Refused {
	return refused(`${what} takes ${bytes} bytes; CleverTap holds ${limit}`, 'Shorten it, or let "When Too Long" do so.');
}

function tooMany(name: string, count: number, limit: number): Refused {
	return refused(
		`"${label(name)}" has ${count} values; CleverTap holds ${limit}`,
		'Send fewer, or let "When Too Long" shorten them.',
	);
}

function noOperand(name: string, operator: string, wanted: string): Refused {
	return refused(
		`"${operator}" of "${label(name)}" is not ${wanted}`,
		'Correct it in "Properties (JSON)", or leave the property out.',
	);
}

function notADate(name: string): Refused {
	return refused(
		`The value of "${label(name)}" is no date that this node can read`,
		'Use an ISO date such as 2026-02-09, or take the name out of "Date Properties".',
	);
}

/** A name in a sentence: question texts can be very long. */
function label(name: string): string {
	return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}
