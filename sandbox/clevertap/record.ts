/** JSON objects as they arrive: nothing about them is known yet. */
export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The four root keys that say whose record it is, in the order in which this sandbox looks at them. */
export const identifierKeys = ['identity', 'objectId', 'FBID', 'GPID'] as const;

export type IdentifierKey = (typeof identifierKeys)[number];

export type Identifiers = Partial<Record<IdentifierKey, string>>;

/** The identifiers that a record carries; numbers become text, empty ones do not count. */
export function identifiersOf(record: Json): Identifiers {
	const found: Identifiers = {};
	for (const key of identifierKeys) {
		const value = record[key];
		if (typeof value === 'string' && value !== '') found[key] = value;
		else if (typeof value === 'number') found[key] = String(value);
	}
	return found;
}

/** The digits of a number, a text as it is, nothing of anything else. */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
