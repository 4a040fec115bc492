/** The value at a path into JSON from outside; `undefined` where the path leads nowhere. */
export function valueAt(value: unknown, path: ReadonlyArray<string | number>): unknown {
	let found: unknown = value;
	for (const step of path) {
		if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
		found = (found as Record<string | number, unknown>)[step];
	}
	return found;
}

/** The text at a path into JSON from outside. Throws where there is none. */
export function textAt(value: unknown, path: ReadonlyArray<string | number>): string {
	const found = valueAt(value, path);
	if (typeof found !== 'string') throw new Error(`A text was expected at "${path.join('.')}", not ${typeof found}.`);
	return found;
}

/** The list at a path into JSON from outside. Throws where there is none. */
export function listAt(value: unknown, path: ReadonlyArray<string | number>): unknown[] {
	const found = valueAt(value, path);
	if (!Array.isArray(found)) throw new Error(`A list was expected at "${path.join('.')}", not ${typeof found}.`);
	return found;
}
