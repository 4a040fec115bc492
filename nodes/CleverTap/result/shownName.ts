/** Question texts can be very long. */
const MAX_LENGTH = 80;
/** What a page would take for markup, and what a log would take for something else than a text. */
const NOT_SHOWN = /[<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Most names, known faster: ASCII without the signs of markup. */
const PLAIN = /^[ -;=?-~]*$/;

/**
 * A name that a user or a stranger has given, for a sentence: n8n shows errors as HTML.
 * `Say "<a href=//evil.example>hi</a>"` → `Say "a href=//evil.examplehi/a"`
 */
export function shownName(name: string): string {
	if (name.length <= MAX_LENGTH && (PLAIN.test(name) || !NOT_SHOWN.test(name))) return name;
	const start = name.slice(0, 2 * MAX_LENGTH).replace(new RegExp(NOT_SHOWN, 'gu'), '');
	if (start.length <= MAX_LENGTH && name.length <= 2 * MAX_LENGTH) return start;
	// Not half of a character at the end.
	return `${start.slice(0, MAX_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
