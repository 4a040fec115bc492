import { inspect } from 'node:util';

/**
 * Texts that stand for what must not be told, each recognizable wherever it turns up, also inside
 * other texts. Letters and digits only: no encoding of addresses or JSON changes them.
 */
export const secrets = {
	apiKey: 'tlyCanaryApiKey7f3a91c2',
	gatewayConnection: 'gatewayCanaryConnection5d81',
	passcode: 'clevertapCanaryPasscode44e0',
	signingSecret: 'signingCanarySecretb6c2d9f0a1',
	headerValue: 'headerCanaryValue93d7',
	accountToken: 'tallyCanaryAuthorizationToken1e',
	pushToken: 'pushCanaryToken8a44',
	previewLink: 'previewCanaryAccessTokenc0ffee',
	pdfLink: 'pdfCanaryAccessToken0ddba11',
} as const;

/** What one person answers; every text in it holds a mark of that person. */
export interface Person {
	readonly name: string;
	readonly email: string;
	readonly phone: string;
	readonly comment: string;
	/** A number that nobody else has. */
	readonly age: number;
	/** One word. */
	readonly word: string;
	/** What all of these texts have in common with nobody else's. */
	readonly marks: readonly string[];
}

export function person(number: number): Person {
	const phone = `+1415555${4300 + number}`;
	const age = 730_100 + number;
	const word = `Canaryword${'abcdefghij'.charAt(number)}`;
	return {
		name: `Canary${number}Name`,
		email: `canary${number}mail@example.com`,
		phone,
		comment: `The soup was cold, canary${number}comment`,
		age,
		word,
		marks: [`Canary${number}Name`, `canary${number}mail`, phone.slice(1), `canary${number}comment`, String(age), word],
	};
}

/** Which of the texts can be found in anything reachable from a value: in any case, in base64, or encoded for the web. */
export function foundIn(value: unknown, texts: readonly string[]): string[] {
	const whole = everythingIn(value);
	const lower = whole.toLowerCase();
	return texts.filter(
		(text) =>
			[text, everySign(text)].some((spelling) => lower.includes(spelling.toLowerCase())) ||
			inBase64(text).some((spelling) => whole.includes(spelling)),
	);
}

/** All that a person or a program could read of a value: hidden properties, causes and stacks too. */
function everythingIn(value: unknown): string {
	if (typeof value === 'string') return value;
	const seen = new Set<unknown>();
	const parts: string[] = [];
	const visit = (part: unknown): void => {
		if (typeof part === 'string' || typeof part === 'symbol') parts.push(String(part));
		if (Buffer.isBuffer(part)) parts.push(part.toString('latin1'));
		if ((typeof part !== 'object' && typeof part !== 'function') || part === null || seen.has(part)) return;
		seen.add(part);
		if (part instanceof Map || part instanceof Set) for (const entry of part) visit(entry);
		for (const key of Reflect.ownKeys(part)) {
			visit(key);
			try {
				visit(Reflect.get(part, key));
			} catch {
				// What can't be read tells nothing.
			}
		}
		if ('toJSON' in part && typeof part.toJSON === 'function') visit((part.toJSON as () => unknown).call(part));
	};
	visit(value);
	return [...parts, inspect(value, { depth: 12, showHidden: true, getters: true, maxStringLength: Infinity })].join(
		'\n',
	);
}

/** Every sign of a text as an address may write it. */
function everySign(text: string): string {
	return [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
}

/** A text as it looks in the midst of base64, wherever it begins there. */
function inBase64(text: string): string[] {
	return [0, 1, 2].map((offset) =>
		Buffer.from(' '.repeat(offset) + text)
			.toString('base64')
			.slice(offset === 0 ? 0 : 4, -4),
	);
}

/** Signs that an error must not have from outside: n8n shows its description as HTML, and a log is read in a terminal. */
const NOT_TEXT = /[<>\u2028\u2029\u202e]|[^\P{Cc}\n]/u;

/** What of the words of errors is not plain text. */
export function markupIn(errors: readonly unknown[]): string[] {
	return errors.flatMap((error) => {
		const { message, description } = (error ?? {}) as { message?: unknown; description?: unknown };
		return [message, description].filter((text): text is string => typeof text === 'string' && NOT_TEXT.test(text));
	});
}
