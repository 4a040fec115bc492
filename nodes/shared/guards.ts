/** Whether the value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a text with something in it. */
export function filledText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a value says nothing: null, undefined, or a text of nothing but blanks. */
export function isBlank(value: unknown): boolean {
	return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** The number that a value is or writes; `NaN` for whatever else, which `Number` may throw at. */
export function numberIn(value: unknown): number {
	return typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
}

/** The objects of a list; whatever else is in it is left out, and what is no list is empty. */
export function recordsIn(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}
