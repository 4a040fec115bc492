import { isRecord } from './guards';

/** What a sentence of a service must not show. */
export interface Hidden {
	/** Keys and passwords: taken out in every spelling, also in the midst of a word. */
	readonly secrets: readonly unknown[];
	/** The request, whose values are taken out word by word. */
	readonly sent: readonly unknown[];
	/** Members of the request that hold names of the service's own things, which an error must be able to tell. */
	readonly names: ReadonlySet<string>;
	/** Members below which everything is a value, whatever it is called: `name` in there is a person's. */
	readonly values: ReadonlySet<string>;
}

/** No sentence that helps is longer. */
const MAX_SENTENCE = 300;
/** What of a sentence is looked at: a secret at the cut must not be cut in two before it is found. */
const MAX_READ = 4 * MAX_SENTENCE;
/** No word that helps is longer; tokens, hashes and encoded texts are. */
const MAX_WORD = 40;
/** Digits in a row that are somebody's number, or a moment: codes and places in a list are shorter. */
const LONG_NUMBER = /^\d{7}/;
/** Shorter secrets would be found in ordinary words. */
const MIN_SECRET = 4;
/** In answers that are data, shorter ones may be data. */
const MIN_SECRET_IN_DATA = 8;
/** Signs of an answer that are decoded to look for secrets; more is data that somebody has encoded. */
const MAX_DECODED = 1_000_000;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Control characters, line separators, invisible signs, and the signs of markup. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]/gu;
const HIDDEN = '…';

/**
 * Words that services' own sentences are made of. Shown also where somebody answered with one of them:
 * they tell nobody who somebody is.
 */
const ORDINARY = new Set(
	`a account accepted access after all allowed already an and any are array as at authorized bad be been before body but
	by call can cannot code concurrent contact could count credentials current cursor custom data date day days deleted
	denied did does done email empty error errors event events exceeded exist exists expected expired export fail failed
	fewer field fields first for forbidden form format found from future gateway greater has have header host http id
	identity in incorrect internal invalid is it item items json key large last later least length less limit list long
	many maximum may message method minimum missing more must name no none not now null number object of on one only or
	out page parameter passcode permission phone plan please present profile profiles progress property provided range
	rate record records request requests required response retry same server service should skipped status still string
	submission such support supported text than that the there this time timestamp to token too try type unable unauthorized
	unavailable unknown unprocessed unsupported upgrade url usage user users valid value values wait was webhook were when
	while with within without workspace wrong yet you your true false yes male female`.split(/\s+/),
);

/**
 * Makes the function that cleans what a service said, for showing it: values of the request, secrets,
 * markup and control characters go, and what is longer than a sentence is cut. The time it takes grows with
 * the length of what was sent and said, and with nothing else.
 *
 *     hiding({secrets: ['s3same'], sent: [{d: [{identity: 'ada@example.com'}]}], …})
 *     'ada@example.com is not valid for s3same' → '… is not valid for …'
 */
export function hiding(hidden: Hidden): (sentence: string) => string {
	const secrets = spellingsOf(hidden.secrets, MIN_SECRET);
	let sent: ReadonlySet<string> | undefined;
	return (sentence) => {
		const read = withoutSecrets(decoded(shortened(sentence, MAX_READ)), secrets).replace(NOT_SHOWN, ' ');
		sent ??= wordsSent(hidden);
		const shown = withoutWords(withoutAddresses(shortened(read, MAX_SENTENCE)), sent);
		return shown.replace(/ {2,}/g, ' ').trim();
	};
}

/**
 * An answer without secrets, whatever place and spelling they have in it; all else stays. The answer itself is
 * changed: it may be large, and is nobody else's.
 *
 *     ['tly-1234567'], {name: 'for Bearer tly-1234567'} → {name: 'for Bearer …'}
 */
export function withoutSecretsIn(answer: unknown, secrets: readonly unknown[]): unknown {
	const spelled = spellingsOf(secrets, MIN_SECRET_IN_DATA);
	if (spelled.length === 0) return answer;
	const shortest = spelled.at(-1)?.length ?? 0;
	let left = MAX_DECODED;
	const clean = (text: string): string => {
		if (text.length < shortest) return text;
		const plain = withoutSecrets(text, spelled);
		// What is encoded stays as it came, unless there is a secret in it.
		const isEncoded = /[%&\\]/.test(plain) && (left -= plain.length) > 0;
		const read = isEncoded ? decoded(plain) : plain;
		const cleaned = read === plain ? plain : withoutSecrets(read, spelled);
		return cleaned === read ? plain : cleaned;
	};
	const root: Record<string, unknown> = { answer };
	const open: unknown[] = [root];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const parent = next as Record<string, unknown>;
		for (const member of Object.keys(parent)) {
			const inner = parent[member];
			const name = Array.isArray(parent) ? member : clean(member);
			if (name !== member) delete parent[member];
			if (typeof inner === 'object' && inner !== null) open.push(inner);
			const cleaned = typeof inner === 'string' ? clean(inner) : inner;
			if (name !== member || cleaned !== inner) parent[name] = cleaned;
		}
	}
	return root.answer;
}

/** A text of at most about this length, without its middle: how it begins and how it ends says most. */
function shortened(text: string, max: number): string {
	if (text.length <= max) return text;
	const head = text.slice(0, text.lastIndexOf(' ', max / 1.5) + 1);
	const blank = text.indexOf(' ', text.length - max / 4);
	return `${head}${HIDDEN}${blank < 0 ? '' : text.slice(blank)}`;
}

/** Mail addresses become `…`, whoever sent them: their parts may be too short, or too usual, to be known again. */
function withoutAddresses(sentence: string): string {
	return sentence.replace(/\S+/g, (chunk) => {
		const at = chunk.indexOf('@');
		if (at <= 0 || at === chunk.length - 1) return chunk;
		let start = 0;
		let end = chunk.length;
		while (isSign(chunk.charAt(start))) start++;
		while (isSign(chunk.charAt(end - 1))) end--;
		return start < at && at < end - 1 ? `${chunk.slice(0, start)}${HIDDEN}${chunk.slice(end)}` : chunk;
	});
}

function isSign(character: string): boolean {
	return /[^\p{L}\p{N}@]/u.test(character);
}

/** Words that were sent become `…`; of several in a row one. */
function withoutWords(sentence: string, sent: ReadonlySet<string>): string {
	let shown = '';
	let end = 0;
	let wasHidden = false;
	for (const { 0: word, index } of sentence.matchAll(WORD)) {
		const between = sentence.slice(end, index);
		const isHidden = word.length > MAX_WORD || LONG_NUMBER.test(word) || sent.has(word.toLowerCase());
		if (!isHidden) shown += between + word;
		// What joins two hidden words, such as the signs of an address, is part of the value.
		else if (!wasHidden) shown += between + HIDDEN;
		else if (/\s/.test(between)) shown += between.endsWith(HIDDEN) ? between : ` ${HIDDEN}`;
		wasHidden = isHidden;
		end = index + word.length;
	}
	return shown + sentence.slice(end);
}

/** Every word of the values of a request, in lower case. */
function wordsSent({ sent, names, values }: Hidden): ReadonlySet<string> {
	const words = new Set<string>();
	const open: Array<{ value: unknown; isBelowValues: boolean }> = sent.map((value) => ({
		value,
		isBelowValues: false,
	}));
	// A list of what is left instead of a call for each depth: depths come from outside.
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { value, isBelowValues } = next;
		if (typeof value === 'string' || typeof value === 'number') addWords(String(value), words);
		else if (Array.isArray(value)) for (const inner of value) open.push({ value: inner, isBelowValues });
		else if (isRecord(value)) {
			for (const [member, inner] of Object.entries(value)) {
				if (!isBelowValues && names.has(member)) continue;
				open.push({ value: inner, isBelowValues: isBelowValues || values.has(member) });
			}
		}
	}
	return words;
}

function addWords(text: string, words: Set<string>): void {
	for (const [word] of text.toLowerCase().matchAll(WORD)) {
		// A single digit or sign stands in ordinary sentences and tells nothing.
		if (word.length > 1 && !ORDINARY.has(word)) words.add(word);
	}
}

/** What is written for the web or for JSON, as it is read: `%40` and `\u0040` are an at sign. */
function decoded(sentence: string): string {
	return sentence
		.replace(/(?:%[\da-f]{2})+/gi, (escaped) => {
			try {
				return decodeURIComponent(escaped);
			} catch {
				return ' ';
			}
		})
		.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/&#(\d{1,7});/g, (_, code: string) => {
			const point = Number(code);
			return point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
		});
}

function withoutSecrets(sentence: string, secrets: readonly string[]): string {
	let lower = sentence.toLowerCase();
	// The few signs whose lower case is longer would move every place behind them.
	let left = lower.length === sentence.length ? sentence : lower;
	let isFound = false;
	for (const secret of secrets) {
		if (!lower.includes(secret)) continue;
		isFound = true;
		const parts: string[] = [];
		let end = 0;
		for (let at = lower.indexOf(secret); at >= 0; at = lower.indexOf(secret, end)) {
			parts.push(left.slice(end, at));
			end = at + secret.length;
		}
		left = [...parts, left.slice(end)].join(HIDDEN);
		lower = left.toLowerCase();
	}
	return isFound ? left : sentence;
}

/**
 * Secrets in lower case as they stand, and in the midst of base64, wherever they begin there; the longest first,
 * since one may hold another.
 */
function spellingsOf(secrets: readonly unknown[], min: number): string[] {
	const all = new Set(secrets.flatMap(textsIn).flatMap((text) => (text.length < min ? [] : spellings(text))));
	return [...all].filter(({ length }) => length >= min).sort((one, other) => other.length - one.length);
}

function textsIn(secret: unknown): string[] {
	if (typeof secret === 'string') return [secret.trim()];
	if (Array.isArray(secret)) return secret.flatMap(textsIn);
	return isRecord(secret) ? Object.values(secret).flatMap(textsIn) : [];
}

function spellings(text: string): string[] {
	const inBase64 = [0, 1, 2].map((offset) => {
		const bytes = Buffer.from(' '.repeat(offset) + text);
		// Only the signs that the secret alone decides, whatever stands before and behind it.
		const first = offset === 0 ? 0 : offset + 1;
		return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
	});
	const whole = Buffer.from(text).toString('base64');
	const forTheWeb = inBase64.map((base64) => base64.replace(/\+/g, '-').replace(/\//g, '_'));
	return [text, encodeURIComponent(Buffer.from(text).toString()), whole, ...inBase64, ...forTheWeb].map((spelling) =>
		spelling.toLowerCase(),
	);
}
