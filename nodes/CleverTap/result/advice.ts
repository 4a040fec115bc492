/**
 * What to do about each code of a record.
 *
 * @see https://developer.clevertap.com/docs/api-errors
 */
const RECORD_ADVICE: Readonly<Record<number, string>> = {
	509: 'Fill in "Event Name" for this item.',
	512: 'Check "Properties": an event takes text, numbers, booleans and dates.',
	513: 'Choose another "Event Name": this one belongs to CleverTap itself.',
	514: 'Gender must be M or F.',
	515: 'Check the Email of this item: it is not an address.',
	516: 'Phone needs a plus sign, the country code and the number, such as +14155551234.',
	517: 'Employed must be Y or N.',
	518: 'Education must be School, College or Graduate.',
	519: 'Married must be Y or N.',
	520: 'Age must be a whole number.',
	522: 'Send fewer properties with this event.',
	523: 'Fill in "Identifier" for this item.',
	524: 'Choose the operation again: the record was neither a profile nor an event.',
	525: 'Check "Timestamp" of this item.',
	526: 'Check the Object ID of this item.',
	528: 'This event was discarded in CleverTap. Restore it there under Settings, Schema, or choose another "Event Name".',
	555: 'CleverTap had trouble of its own with this record. Send it again.',
};

/** What the user should do about a record that CleverTap refused with this code. */
export function adviceFor(code: number | undefined): string {
	return (
		RECORD_ADVICE[code ?? 0] ??
		'Look the text up in CleverTap’s documentation of API errors, correct the item and send it again.'
	);
}

/** CleverTap's own trouble, which passes. */
const OWN_TROUBLE = 555;
/** What CleverTap says of a request that it can't read at all. */
const UNREADABLE_REQUEST: ReadonlySet<number> = new Set([400, 413]);

/** What to do about a record in a request that CleverTap could not read, if it may be another one's fault. */
export const BATCH_ADVICE =
	'CleverTap could not read a request that held this item. Send fewer items at a time to find the one that causes it.';

/**
 * Whether a record would be refused again, however often it is sent. What was too busy, was not reached or refused
 * the credential has not judged the record.
 */
export function isRefusedForGood({ code = 0, advice }: { readonly code?: number; readonly advice: string }): boolean {
	if (UNREADABLE_REQUEST.has(code)) return advice !== BATCH_ADVICE;
	return code !== OWN_TROUBLE && code in RECORD_ADVICE;
}

const REQUEST_ADVICE: ReadonlyArray<readonly [RegExp, string]> = [
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
		REQUEST_ADVICE.find(([pattern]) => pattern.test(reason))?.[1] ??
		'Look the text up in CleverTap’s documentation of API errors and correct what the node asks for.'
	);
}
