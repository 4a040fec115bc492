/**
 * JSON whose whole numbers under one name stay text, digit by digit: beyond 2^53 a parsed number is
 * another one (CleverTap's `req_id`).
 *
 * @returns the text itself where it is no JSON.
 */
export function parseKeepingDigits(text: unknown, name: string): unknown {
	if (typeof text !== 'string') return text;
	try {
		return JSON.parse(text.replace(new RegExp(String.raw`("${name}"\s*:\s*)(\d+)(?![\d.eE])`, 'g'), '$1"$2"'));
	} catch {
		return text;
	}
}
