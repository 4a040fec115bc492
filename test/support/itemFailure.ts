import { verdictOf, type Failed } from '../../nodes/CleverTap/result/verdict';
import { ItemError } from '../../nodes/shared/itemError';

/** What the work gives, or the verdict of the ItemError that it throws. */
export function resultOf<T>(work: () => T): T | Failed {
	try {
		return work();
	} catch (error) {
		return toVerdict(error);
	}
}

/** The verdict that stands for a thrown ItemError, such as behind `.catch`. */
export function toVerdict(error: unknown): Failed {
	if (error instanceof ItemError) return verdictOf(error);
	throw error;
}
