/** No file system takes a longer name, in bytes. */
const MAX_BYTES = 255;

/** What ends a line or turns the reading direction. */
const NOT_IN_NAMES = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

const EXTENSION = /\.[A-Za-z0-9]{1,16}$/;

/**
 * A file's name that n8n's store takes: one that is too long loses what stands before its extension.
 *
 *     'aaa….pdf' of 300 letters → its first 251 letters and '.pdf'; '../notes.txt' → 'notes.txt'
 */
export function fileNameThatFits(given: string): string {
	// Workflows write files by this name: nothing in it leads to another folder.
	const last = given.slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
	const name = /^\.{0,2}$/.test(last) ? '_' : last.replace(NOT_IN_NAMES, '_');
	if (Buffer.byteLength(name) <= MAX_BYTES) return name;
	const extension = EXTENSION.exec(name.slice(-20))?.[0] ?? '';
	const bytes = Buffer.from(name);
	let end = MAX_BYTES - extension.length;
	// Not in the midst of a letter, whose further bytes all begin with the bits 10.
	while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
	return bytes.toString('utf8', 0, end) + extension;
}
