/**
 * What is wrong with one item. Whoever notices throws it; it is caught once, where the item's outcome
 * is made. It holds no value of the item: both texts are shown in n8n and kept with the execution.
 *
 *     throw new ItemError('"Identifier" is empty', 'Map a field that every item fills in.');
 */
export class ItemError extends Error {
	override readonly name = 'ItemError';

	/**
	 * @param message what happened, in one line
	 * @param advice what to do next, in the words of the editor
	 * @param code the service's own code, or the status of HTTP; none where the service was not asked
	 * @param isUncertain whether nobody knows if the service did what was asked
	 */
	constructor(
		message: string,
		readonly advice: string,
		readonly code?: number,
		readonly isUncertain = false,
	) {
		super(message);
	}
}
