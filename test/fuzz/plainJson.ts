/** So many tell enough. */
const MOST = 5;

/**
 * Where a value is not what n8n can store and show: a function, an object with a past, what every
 * object inherits, or the trace of an object that was turned into text.
 */
export function oddities(value: unknown): string[] {
	const found: string[] = [];
	const seen = new Set<unknown>();
	const left: Array<readonly [path: string, value: unknown]> = [['', value]];
	for (let next = left.pop(); next !== undefined && found.length < MOST; next = left.pop()) {
		const [path, held] = next;
		if (typeof held === 'string' && held.includes('[object ')) found.push(`${path}: the text ${held}`);
		if (typeof held === 'function' || typeof held === 'symbol' || typeof held === 'bigint') {
			found.push(`${path}: a ${typeof held}`);
		}
		if (typeof held !== 'object' || held === null || seen.has(held)) continue;
		seen.add(held);
		if (!isPlain(held)) found.push(`${path}: an object that is no JSON`);
		for (const [name, member] of Object.entries(held)) {
			if (name.includes('[object ')) found.push(`${path}: the name ${name}`);
			left.push([`${path.slice(-200)}/${name}`, member]);
		}
	}
	return found;
}

function isPlain(value: object): boolean {
	if (Array.isArray(value)) return value !== Array.prototype;
	const prototype: unknown = Object.getPrototypeOf(value);
	return value !== Object.prototype && (prototype === Object.prototype || prototype === null);
}
