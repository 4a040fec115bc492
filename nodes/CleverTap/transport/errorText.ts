/**
 * CleverTap's own words for a refusal, which name events, fields and limits but no person. Some come
 * as the text of a JSON list: `["Invalid event : Uninstalled"]`.
 */
export function errorText(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
	const error = typeof body.error === 'string' ? body.error.trim() : '';
	if (error === '') return undefined;
	return error.startsWith('["') && error.endsWith('"]') ? error.slice(2, -2).split('","').join(', ') : error;
}

/** CleverTap's own number for a refusal, which comes as a number or as its digits. */
export function codeIn({ code }: Readonly<Record<string, unknown>>): number | undefined {
	const number = typeof code === 'number' || typeof code === 'string' ? Number(code) : NaN;
	return Number.isFinite(number) ? number : undefined;
}

const ADVICE: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/invalid event/i,
		'Choose the event from the list in "Event Name": CleverTap wants its exact spelling here, capitals and spaces included.',
	],
	[
		/export not allowed/i,
		'CleverTap does not hand out its notification events. Count them instead, or choose another event.',
	],
	[/cursor|incorrect usage/i, 'Run the node again: CleverTap keeps a half-read list for a few hours only.'],
	[/invalid request id/i, 'Run the node again: CleverTap forgot this count before it was fetched.'],
];
const DATES_CODE = 4002;

/** What to do about a request that CleverTap refuses as a whole. */
export function requestAdvice(reason: string, code?: number): string {
	if (code === DATES_CODE) {
		return 'Check "From" and "To": they must be in order, and not in the future by the clock of your CleverTap project.';
	}
	return (
		ADVICE.find(([pattern]) => pattern.test(reason))?.[1] ??
		'Look the text up in CleverTap’s documentation of API errors and correct what the node asks for.'
	);
}
