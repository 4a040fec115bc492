import { ItemError } from '../../shared/itemError';

/**
 * A value that its list does not have, as an expression may give it.
 *
 *     'Send', 'now or at' → "Send" must be now or at
 */
export function unknownChoice(label: string, known: string): ItemError {
	return new ItemError(
		`"${label}" must be ${known}`,
		'Choose it from the list, or let its expression give one of these.',
	);
}
