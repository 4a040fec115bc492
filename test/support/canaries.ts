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

/** What one person answers; every text in it holds a canary of that person. */
export interface Person {
	readonly name: string;
	readonly email: string;
	readonly phone: string;
	readonly comment: string;
	/** What all of these texts have in common with nobody else's. */
	readonly marks: readonly string[];
}

export function person(number: number): Person {
	const phone = `+1415555${4300 + number}`;
	return {
		name: `Canary${number}Name`,
		email: `canary${number}mail@example.com`,
		phone,
		comment: `The soup was cold, canary${number}comment`,
		marks: [`Canary${number}Name`, `canary${number}mail`, phone.slice(1), `canary${number}comment`],
	};
}

/** Which of the texts can be found in anything reachable from a value, in clear or in base64. */
export function foundIn(value: unknown, texts: readonly string[]): string[] {
	const whole = everythingIn(value);
	return texts.filter((text) => spellings(text).some((spelling) => whole.includes(spelling)));
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

/** A text as it stands, and as it looks in the midst of base64, wherever it begins there. */
function spellings(text: string): string[] {
	const inBase64 = [0, 1, 2].map((offset) =>
		Buffer.from(' '.repeat(offset) + text)
			.toString('base64')
			.slice(offset === 0 ? 0 : 4, -4),
	);
	return [text, ...inBase64];
}
