import { refused, type Refused } from './verdict';

/** What goes out for the item; where one of its expressions fails, that is the item's own failure. */
export function attempt<T extends object>(prepare: () => T | Refused): T | Refused {
	try {
		return prepare();
	} catch (error) {
		return refused(
			error instanceof Error ? error.message : String(error),
			'Correct the expressions in this node, or filter out the items for which they fail.',
		);
	}
}
