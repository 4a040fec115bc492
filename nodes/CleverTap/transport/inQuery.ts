/**
 * A text as it stands in the query of an address. Half of a character, which UTF-8 can't hold, is
 * sent as U+FFFD, as in any other text that leaves as UTF-8.
 */
export function inQuery(text: string): string {
	return encodeURIComponent(Buffer.from(text).toString());
}
