import { ItemError } from '../../shared/itemError';
import { shownName } from '../result/shownName';
import type { Target } from './names';
import type { Rules } from './rules';

export interface FitOptions {
	readonly target: Target;
	readonly rules: Rules;
	/** Stands between the texts of a list where CleverTap takes only one text. */
	readonly listSeparator: string;
	/** Match standard profile properties whatever their case. */
	readonly matchStandardProperties: boolean;
	readonly onTooLong: 'shorten' | 'refuse';
	/** What to do with a value of a standard property for which CleverTap would refuse the record. */
	readonly onBadStandardProperty: 'refuse' | 'leaveOut';
	/** Names of properties whose values are dates, whatever they look like. */
	readonly dates?: ReadonlySet<string>;
	/** `Items` of the event Charged stay a list of objects. */
	readonly chargedItems?: boolean;
}

/** Says that a property does not go out, and why. */
export function leftOut(name: string, why: string, adjusted: string[]): undefined {
	adjusted.push(`"${shownName(name)}" was left out: ${why}`);
}

export function tooLong(what: string, bytes: number, limit: number): ItemError {
	const advice = 'Shorten it, or let "When Too Long" do so.';
	return new ItemError(`${what} takes ${bytes} bytes; CleverTap holds ${limit}`, advice);
}

export function tooMany(name: string, count: number, limit: number): ItemError {
	const advice = 'Send fewer, or let "When Too Long" shorten them.';
	return new ItemError(`"${shownName(name)}" has ${count} values; CleverTap holds ${limit}`, advice);
}
