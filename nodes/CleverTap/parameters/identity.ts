import { visibleText } from '../../shared/text';

export type IdentityProblemKind =
	'empty' | 'type' | 'number' | 'placeholder' | 'sheetError' | 'lostDigits' | 'template' | 'long';

export interface IdentityProblem {
	readonly kind: IdentityProblemKind;
	/** What is wrong, to be said of the field: `"Identifier" is an error of a spreadsheet`. */
	readonly reason: string;
	readonly advice: string;
}

/** CleverTap's importers take fewer characters than this (CSV upload). */
const MAX_LENGTH = 1023;
/** The same with what is invisible around it. */
const MAX_TYPED = 10 * MAX_LENGTH;

/**
 * Words for "nothing": those that CleverTap's importers refuse as an identity (CSV upload, data warehouse
 * imports), and what databases, sheets and forms in other languages write instead. Sent, each would be one
 * profile for everybody without an identity.
 */
const PLACEHOLDERS = new Set([
	...['undefined', 'null', 'na', 'n/a', '0', 'nil', '-1', 'infinity', '-infinity', 'inf', '-inf', 'nan', '-nan'],
	...['empty', 'xxxxxx', 'none', 'true', 'false', 'n.a.', 'n.a', '#na', 'not set', 'not_set', 'no value'],
	...['unknown', 'anonymous', '+infinity', 'k.a.', 'k. a.', 'n/d', 'n.d.', 'nd', 's/o', 'n.v.t.', 'nvt', 'b.d.'],
	...['\\n', 'n\\a', 'loading...', 'loading…', '[object object]', 'missing', 'not available', 'not applicable'],
	...['not provided', 'not specified', 'no data', 'keine', 'keine angabe', 'keine angaben', 'nicht verfügbar'],
	...['nicht angegeben', 'unbekannt', 'inconnu', 'aucun', 'aucune', 'non applicable', 'non disponible', 'sans objet'],
	...['non renseigné', 'no aplica', 'no disponible', 'sin datos', 'ninguno', 'desconocido', 'non disponibile'],
	...['non applicabile', 'nessuno', 'sconosciuto', 'não se aplica', 'não disponível', 'nenhum', 'desconhecido'],
	...['niet van toepassing', 'niet beschikbaar', 'geen', 'onbekend', 'brak', 'brak danych', 'nie dotyczy'],
	...['нет', 'нет данных', 'не указано', '該当なし', 'なし', '不明', '未設定', '无', '無', '해당 없음', '없음'],
	// How C on Windows writes what is not a number; sheets and CSV files keep it.
	...['1.#ind', '-1.#ind', '1.#qnan', '-1.#qnan', '1.#inf', '-1.#inf'],
]);
/** The same in brackets, as `(null)`, `<null>`, `[none]`, `(not set)`. */
const BRACKETS = /^[(<[{](.{1,20})[)>\]}]$/;
const QUOTES = `"'“”‘’„«»`;
/** What code writes for nothing: two of it, joined, are nothing as well (`undefined-undefined`, `nullnull`). */
const NOTHING = /^(?:(?:undefined|null)+|nan|none)$/;

/**
 * What a sheet shows for an error, whatever its language: `#REF!`, `#BEZUG!`, `#¡VALOR!`, `#NOM ?`; `#####`;
 * `Err:502`, `Fehler:502`.
 */
const SHEET_ERROR = /^(?:#[¡¿]?[\p{Lu}\p{N}/_]{2,30} ?[!?]|#{2,}|(?:ERR|FEHLER|ERRO) ?:\d{3})$/u;
/** Errors without a mark at their end. */
const SHEET_ERRORS = new Set([
	...['#N/A', '#NV', '#N/D', '#N/B', '#I/T', '#YOK', '#Н/Д', '#HIÁNYZIK', '#NENÍ_K_DISPOZICI', '#GETTING_DATA'],
	...['#ERROR', '#ERR', '#NULL', '#NAN', '#REF', '#VALUE', '#NAME', '#NUM', '#DIV/0', '#SAKNAS', '#CALC', '#SPILL'],
	...['#N.A.', '#N/V', '#NUL', '#N/A N/A', '#FIELD', '#BLOCKED', '#BUSY', '#DATEN_ABRUFEN', '#NEDOSTUPNÝ'],
]);
/** `9.2E+11`, `4,47911E+11`: of a long number a sheet keeps what it shows. In a link the plus becomes a blank. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+ ?E[+ ]?|E[+ ])\d{1,3}$/;

/** How the services that send links, and n8n, write a field that is to be filled in. */
const TEMPLATE_SIGNS = [
	['{{', '}}'],
	['{%', '%}'],
	['${', '}'],
	['<%', '%>'],
	['<<', '>>'],
	['*|', '|*'],
	['%%', '%%'],
	['[object ', ']'],
	['#{', '}'],
	['@{', '}'],
	['{$', '}'],
	['{!', '}'],
	['[[', ']]'],
	['[%', '%]'],
	['{#', '#}'],
	['<?', '?>'],
] as const;
/** A name of a field alone: `{email}`, `<identity>`, `[user-id]`, `%email%`; an id in braces has digits. */
const FIELD_NAME = /^(?:\{[-\p{L}_. ]+\}|<[-\p{L}_. ]+>|\[[-\p{L}_. ]+\]|%[\p{L}_.]+%)$/u;
/** Between signs that a user's name may have as well, only what fields are called: `#email#`, `|EMAIL|`, `{id1}`. */
const KNOWN_FIELD =
	/^[#$|~:{[<(@]{1,2}(?:e-?mail|phone|mobile|identity|id|(?:user|customer|contact|client|lead)[-_ ]?id|(?:first|last)?[-_ ]?name)\d?[#$|~:}\]>)@]{1,2}$/i;
/** CleverTap's own expressions as text: `Profile.Identity`, `@Profile - Email`. */
const PERSONALIZATION = /^@?(?:(?:Profile|Event)(?:\.|\s-\s)\p{Lu}[\p{L} ]*|profile\.(?:identity|email|phone|name))$/u;
/** Signs of templates as links and pages write them: `%7B%7B`, `&#123;`, `&lt;%`. */
const ENCODED: ReadonlyArray<readonly [RegExp, string]> = [
	[/%7b|&#123;|&#x7b;|&lbrace;|&lcub;/gi, '{'],
	[/%7d|&#125;|&#x7d;|&rbrace;|&rcub;/gi, '}'],
	[/%3c|&lt;|&#60;/gi, '<'],
	[/%3e|&gt;|&#62;/gi, '>'],
	[/%24|&#36;/g, '$'],
	[/%7c/gi, '|'],
	[/%20/g, ' '],
	[/%25/g, '%'],
];
/** n8n's, in a field that was not switched to them: `$json.id`, `$('Tally').item`, `{{ $json.id`. */
const EXPRESSION = /^(?:=?\s?\{\{|=?\s?\$(?:json|node|input|item|vars|env|fromAI)\b[.[(]|=?\s?\$\()/;

/**
 * Why a value can't be the identity of a user; nothing if it can.
 *
 * `9007199254740993` (a number) → `is too long for a number`, `"#N/A"` → `is an error of a spreadsheet`,
 * `"null"` → `says that there is no identity`.
 */
export function identityProblem(value: unknown): IdentityProblem | undefined {
	if (typeof value === 'string') return value.length > MAX_TYPED ? problem('long') : problemOfText(visibleText(value));
	if (typeof value === 'number') return problemOfNumber(value);
	if (typeof value === 'bigint') return problemOfText(String(value));
	if (value === null || value === undefined) return problem('empty');
	return problem('type');
}

const PROBLEMS: Readonly<Record<IdentityProblemKind, Omit<IdentityProblem, 'kind'>>> = {
	empty: { reason: 'is empty', advice: 'Map a field that every item fills in.' },
	type: { reason: 'is not a text', advice: 'Map one field that holds a text, not a list, an object or a checkbox.' },
	number: {
		reason: 'is too long for a number, whose last digits are lost',
		advice: 'Map it as text: let the node or the sheet that it comes from give it as text.',
	},
	placeholder: {
		reason: 'says that there is no identity',
		advice: 'Map a field that every item fills in, or filter out the items without an identity.',
	},
	sheetError: {
		reason: 'is an error of a spreadsheet',
		advice: 'Correct the formula in the sheet, or filter out the items with an error.',
	},
	lostDigits: {
		reason: 'is a number of which a spreadsheet kept only the first digits',
		advice: 'Format the column as text in the sheet and enter the numbers anew.',
	},
	template: {
		reason: 'is a template that was not filled in',
		advice: 'Check the link or the expression that it comes from: its field was not replaced by a value.',
	},
	long: {
		reason: `has more than ${MAX_LENGTH} characters`,
		advice: 'Map the field that holds the ID alone.',
	},
};

function problem(kind: IdentityProblemKind): IdentityProblem {
	return { kind, ...PROBLEMS[kind] };
}

function problemOfNumber(value: number): IdentityProblem | undefined {
	if (!Number.isFinite(value)) return problem('placeholder');
	if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return problem('number');
	return problemOfText(String(value));
}

function problemOfText(text: string): IdentityProblem | undefined {
	if (text === '') return problem('empty');
	if (text.length > MAX_LENGTH) return problem('long');
	if (isPlaceholder(text)) return problem('placeholder');
	if (text.length < 40) {
		const plain = /^[ -~]*$/.test(text) ? text : text.normalize('NFKC');
		if (/[#:]/.test(plain) && isSheetError(plain)) return problem('sheetError');
		if (/^[+-]?\d.*E/i.test(plain) && SCIENTIFIC.test(plain.toUpperCase())) return problem('lostDigits');
	}
	return isTemplate(text) || (/[%&]/.test(text) && isTemplate(decoded(text))) ? problem('template') : undefined;
}

function isPlaceholder(text: string): boolean {
	if (text.length > 40) return false;
	const word = asWord(text);
	// Of times; in small letters it is a person's name.
	if (text === 'NaT' || PLACEHOLDERS.has(word) || /^[-–—_.?*/]+$/.test(word) || /^x{3,}$/.test(word)) return true;
	// A sheet's 0.0; the UUID of nobody.
	if (/^(?:0|-1)[.,]0{1,3}$/.test(word) || (word.length >= 32 && /^[0-]+$/.test(word))) return true;
	if (/undefined|null|nan|none/.test(word)) {
		const parts = word.split(/[-_:|/.,;+@\s]/).filter((part) => part !== '');
		if (parts.every((part) => NOTHING.test(part))) return true;
	}
	const bracketed = BRACKETS.exec(word)?.[1];
	return bracketed !== undefined && PLACEHOLDERS.has(bracketed.trim()) && !/\d/.test(bracketed);
}

/** As the tables have it: `"Ｎ / Ａ"` → `n/a`. */
function asWord(text: string): string {
	if (/^[-\w@.+]*$/.test(text)) return text.toLowerCase();
	const parts = unquoted(text).normalize('NFKC').toLowerCase().split('/');
	return parts.map((part) => part.trim()).join('/');
}

function unquoted(text: string): string {
	const isQuoted = text.length > 2 && QUOTES.includes(text.charAt(0)) && QUOTES.includes(text.charAt(text.length - 1));
	return isQuoted ? text.slice(1, -1).trim() : text;
}

function isSheetError(text: string): boolean {
	const shown = unquoted(text).replace(/^=?# ?/, '#');
	const upper = shown.toUpperCase();
	// Sheets shout: `#great!` is not theirs.
	return SHEET_ERROR.test(shown.startsWith('#') ? shown : upper) || SHEET_ERRORS.has(upper.replace(/ ?[!?]$/, ''));
}

function decoded(text: string): string {
	return ENCODED.reduce((shown, [code, sign]) => shown.replace(code, sign), text);
}

function isTemplate(text: string): boolean {
	// Most identities hold none of these.
	if (!/[{}<>%[*$=#|~(:]|^[PEp@]/.test(text)) return false;
	const isPaired = TEMPLATE_SIGNS.some(([opening, closing]) => holdsName(text, opening, closing));
	const isField = FIELD_NAME.test(text) || KNOWN_FIELD.test(text);
	return isPaired || isField || PERSONALIZATION.test(text) || EXPRESSION.test(text);
}

/** Whether words stand between two signs: an address may hold the signs themselves. */
function holdsName(text: string, opening: string, closing: string): boolean {
	const first = text.indexOf(opening);
	const end = first < 0 ? -1 : text.indexOf(closing, first + opening.length);
	if (end < 0) return false;
	const inside = text.slice(text.lastIndexOf(opening, end - 1) + opening.length, end);
	return /\p{L}{2}/u.test(inside) && !/[{}%*#^&~`]/.test(inside);
}
