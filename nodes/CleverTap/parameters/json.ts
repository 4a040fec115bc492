/** What a parameter of JSON holds, be it given as text or as a value; `undefined` for a text that is not JSON. */
export function parsedJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}
