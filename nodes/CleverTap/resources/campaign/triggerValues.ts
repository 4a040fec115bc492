import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';

/** A value as a campaign can read it: texts, and lists and objects of them. */
export type TriggerValue = string | readonly TriggerValue[] | { readonly [name: string]: TriggerValue };

/** What is nested deeper nobody writes. */
const DEEPEST = 20;

/**
 * Key-value pairs as an external trigger takes them: numbers and yes or no become text, and what has no value is left
 * out.
 *
 *     {rating: 2, shop: {open: true, note: null}, items: ['Tea', 3]}
 *     → {rating: '2', shop: {open: 'true'}, items: ['Tea', '3']}
 *
 * @throws ItemError for what is no object, or is nested too deep
 * @see https://developer.clevertap.com/docs/external-trigger-api
 */
export function toTriggerValues(given: unknown): Readonly<Record<string, TriggerValue>> {
	if (!isRecord(given)) {
		throw new ItemError('"Values (JSON)" is not an object', 'Write it as {"rating": "2", "shop": {"city": "Bonn"}}.');
	}
	return members(given, 0);
}

function members(given: Readonly<Record<string, unknown>>, depth: number): Record<string, TriggerValue> {
	return Object.fromEntries(
		Object.entries(given).flatMap(([name, value]) => {
			const leaf = toValue(value, depth + 1);
			return leaf === undefined ? [] : [[name, leaf] as const];
		}),
	);
}

function toValue(value: unknown, depth: number): TriggerValue | undefined {
	if (depth > DEEPEST) {
		throw new ItemError(`The values are nested more than ${DEEPEST} deep`, 'Map only what the message shows.');
	}
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (Array.isArray(value))
		return value.map((entry) => toValue(entry, depth + 1)).filter((entry) => entry !== undefined);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (!isRecord(value)) return undefined;
	// A date of n8n's expressions says itself how it is written.
	const { toJSON } = value;
	return typeof toJSON === 'function' ? toValue(toJSON.call(value), depth + 1) : members(value, depth);
}
