import { readEmail } from '../properties/email';
import { readPhone } from '../properties/phone';
import type { Rules } from '../properties/rules';

/** A number or an address as the profile has it, by the rules of version 2; by those of version 1 as it is typed. */
export interface Contact {
	readonly value: string;
	readonly adjusted: readonly string[];
}

/** `+1 (415) 555-0123` → `+14155550123`. */
export function phoneNumber(typed: string, label: string, rules: Rules): Contact {
	const { value, isChanged } = rules === 1 ? { value: typed, isChanged: false } : readPhone(typed);
	return { value, adjusted: isChanged ? [`"${label}" was written the way CleverTap takes it`] : [] };
}

/** `Ada <ada@example.com>` → `ada@example.com`. */
export function emailAddress(typed: string, label: string, rules: Rules): Contact {
	const value = rules === 1 ? typed : readEmail(typed);
	return { value, adjusted: value === typed ? [] : [`"${label}" was sent as the address alone`] };
}
