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
const MAX_SENTENCE = 400;
/** No word that helps is longer; tokens, hashes and encoded texts are. */
const MAX_WORD = 40;
/** Shorter secrets would be found in ordinary words. */
const MIN_SECRET = 4;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Control characters, line separators, invisible signs, and the signs of markup. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]/gu;
const HIDDEN = '…';

/**
 * Words that services' own sentences are made of. Shown also where somebody answered with one of them:
 * they tell nobody who somebody is.
 */
const ORDINARY = new Set(
	`a account accepted access after all allowed already an and are array as at authorized be been before body but by
	call can cannot code concurrent contact could count credentials custom data date day days does done email empty error
	event events exceeded exist exists expected fail failed fewer field fields for form format found from has have header
	http id identity in incorrect invalid is it item json key large length limit long many maximum may message method
	missing more must name no none not now number object of on only or page payload permission phone plan please profile
	profiles property provided rate record records request requests required response retry server should status string
	submission support supported text than that the there this time timestamp to token too try type unauthorized unknown
	unprocessed unsupported url usage user valid value values was webhook were when with without workspace wrong you your
	true false yes male female`.split(/\s+/),
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
	const secrets = hidden.secrets.flatMap(spellings).sort((one, other) => other.length - one.length);
	let sent: ReadonlySet<string> | undefined;
	return (sentence) => {
		// Most of what is cut away need not be looked at; a word at the cut may be half of a value.
		const start =
			sentence.length > MAX_SENTENCE ? sentence.slice(0, sentence.lastIndexOf(' ', MAX_SENTENCE) + 1) : sentence;
		const plain = withoutSecrets(decoded(start), secrets).replace(NOT_SHOWN, ' ');
		sent ??= wordsSent(hidden);
		return withoutWords(plain, sent).replace(/ {2,}/g, ' ').trim();
	};
}

/** Words that were sent become `…`; of several in a row one. */
function withoutWords(sentence: string, sent: ReadonlySet<string>): string {
	let shown = '';
	let end = 0;
	let wasHidden = false;
	for (const { 0: word, index } of sentence.matchAll(WORD)) {
		const between = sentence.slice(end, index);
		const isHidden = word.length > MAX_WORD || sent.has(word.toLowerCase());
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
	const lower = sentence.toLowerCase();
	// The few signs whose lower case is longer would move every place behind them.
	let left = lower.length === sentence.length ? sentence : lower;
	for (const secret of secrets) {
		const parts: string[] = [];
		let end = 0;
		const inLower = left.toLowerCase();
		for (let at = inLower.indexOf(secret); at >= 0; at = inLower.indexOf(secret, end)) {
			parts.push(left.slice(end, at));
			end = at + secret.length;
		}
		left = [...parts, left.slice(end)].join(HIDDEN);
	}
	return left;
}

/** A secret in lower case as it stands, and in the midst of base64, wherever it begins there. */
function spellings(secret: unknown): string[] {
	if (Array.isArray(secret)) return secret.flatMap(spellings);
	if (isRecord(secret)) return Object.values(secret).flatMap(spellings);
	const text = typeof secret === 'string' ? secret.trim() : '';
	if (text.length < MIN_SECRET) return [];
	const inBase64 = [0, 1, 2].map((offset) => {
		const bytes = Buffer.from(' '.repeat(offset) + text);
		// Only the signs that the secret alone decides, whatever stands before and behind it.
		const first = offset === 0 ? 0 : offset + 1;
		return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
	});
	const whole = Buffer.from(text).toString('base64');
	return [text, whole, ...inBase64, ...inBase64.map((base64) => base64.replace(/\+/g, '-').replace(/\//g, '_'))]
		.filter(({ length }) => length >= MIN_SECRET)
		.map((spelling) => spelling.toLowerCase());
}
