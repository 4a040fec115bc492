import { isJson } from './record';
import type { Json } from './record';

const nameLimit = 120;
const eventNameLimit = 512;
const valueBytes = 512;
const chargedItems = 50;
const multiValues = 100;

const forbidden = {
	profile: /[%><!|&.:;$'"\\#]/,
	event: /[%><!|&.:;$'"\\]/,
};

export interface Cleaned {
	data: Json;
	/** What was dropped and why, without values. */
	dropped: string[];
}

/**
 * Drops what CleverTap drops silently after a success, seen only in its Error Stream: properties
 * whose name holds a forbidden character or is too long, and values that are too long (CleverTap
 * docs, platform considerations, upload pages: names 120 bytes in a profile and 120 characters in
 * an event, values 512 bytes, 100 entries of a multi-value).
 */
export function clean(kind: 'profile' | 'event', data: Json): Cleaned {
	const kept: Array<[string, unknown]> = [];
	const dropped: string[] = [];
	for (const [name, value] of Object.entries(data)) {
		const reason = nameProblem(kind, name) ?? valueProblem(value);
		if (reason === undefined) kept.push([name, value]);
		else dropped.push(`${kind} property dropped: ${reason}`);
	}
	return { data: Object.fromEntries(kept), dropped };
}

/** Why an event can't have this name, or undefined. */
export function eventNameProblem(name: string): string | undefined {
	if (forbidden.event.test(name)) return 'its name holds a forbidden character';
	return name.length > eventNameLimit ? `its name is longer than ${eventNameLimit}` : undefined;
}

function nameProblem(kind: 'profile' | 'event', name: string): string | undefined {
	if (name === '') return 'its name is empty';
	if (forbidden[kind].test(name)) return 'its name holds a forbidden character';
	const length = kind === 'profile' ? Buffer.byteLength(name) : [...name].length;
	return length > nameLimit ? `its name is longer than ${nameLimit}` : undefined;
}

function valueProblem(value: unknown): string | undefined {
	if (typeof value === 'string') {
		const isTooLong = Buffer.byteLength(value) > valueBytes;
		return isTooLong ? `its value is longer than ${valueBytes} bytes` : undefined;
	}
	if (Array.isArray(value)) {
		return value.length > chargedItems ? `it has more than ${chargedItems} items` : undefined;
	}
	if (isJson(value)) {
		const entries = Object.values(value).flat();
		if (entries.length > multiValues) return `it has more than ${multiValues} entries`;
		const isTooLong = entries.some((entry) => typeof entry === 'string' && [...entry].length > valueBytes);
		return isTooLong ? `an entry is longer than ${valueBytes} characters` : undefined;
	}
	return undefined;
}
