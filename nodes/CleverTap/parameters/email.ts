import { readEmail } from '../properties/email';
import type { Rules } from '../properties/rules';

export interface EmailAddress {
	readonly value: string;
	readonly adjusted: readonly string[];
}

/** An address as the profile has it, by the rules of version 2; by those of version 1 as it is typed. */
export function emailAddress(typed: string, label: string, rules: Rules): EmailAddress {
	const value = rules === 1 ? typed : readEmail(typed);
	return { value, adjusted: value === typed ? [] : [`"${label}" was sent as the address alone`] };
}
