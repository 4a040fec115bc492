/** No file system takes a longer name, in bytes. */
const MAX_BYTES = 255;

const EXTENSION = /\.[A-Za-z0-9]{1,16}$/;

/**
 * A file's name that n8n's store takes: one that is too long loses what stands before its extension.
 *
 *     'aaa….pdf' of 300 letters → its first 251 letters and '.pdf'
 */
export function fileNameThatFits(name: string): string {
	if (Buffer.byteLength(name) <= MAX_BYTES) return name;
	const extension = EXTENSION.exec(name.slice(-20))?.[0] ?? '';
	const bytes = Buffer.from(name);
	let end = MAX_BYTES - extension.length;
	// Not in the midst of a letter, whose further bytes all begin with the bits 10.
	while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
	return bytes.toString('utf8', 0, end) + extension;
}
