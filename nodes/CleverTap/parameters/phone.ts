import { readPhone } from '../properties/phone';
import type { Rules } from '../properties/rules';

export interface PhoneNumber {
	readonly value: string;
	readonly adjusted: readonly string[];
}

/** A number as the profile has it, by the rules of version 2; by those of version 1 as it is typed. */
export function phoneNumber(typed: string, label: string, rules: Rules): PhoneNumber {
	const { value, isChanged } = rules === 1 ? { value: typed, isChanged: false } : readPhone(typed);
	return { value, adjusted: isChanged ? [`"${label}" was written the way CleverTap takes it`] : [] };
}
