import { isRecord, numberIn } from '../../shared/guards';

/**
 * CleverTap's own words for a refusal, which name events, fields and limits but no person. Some come
 * as the text of a JSON list: `["Invalid event : Uninstalled"]`.
 */
export function errorText(body: unknown): string | undefined {
	const error = isRecord(body) && typeof body.error === 'string' ? body.error.trim() : '';
	if (error === '') return undefined;
	return error.startsWith('["') && error.endsWith('"]') ? error.slice(2, -2).split('","').join(', ') : error;
}

/** CleverTap's own number for a refusal, which comes as a number or as its digits. */
export function codeIn({ code }: Readonly<Record<string, unknown>>): number | undefined {
	const number = numberIn(code);
	return Number.isFinite(number) ? number : undefined;
}
