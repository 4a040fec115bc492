import { requiredYesNo } from '../../../../nodes/shared/yesNo';
import { readItemOptions } from '../../../../nodes/Tally/submission/itemOptions';

it.each([
	[{}, { answerKeys: 'text', includeLinks: false, includeUnanswered: false }],
	[
		{ answerKeys: 'key', includeLinks: true, includeUnanswered: true },
		{ answerKeys: 'key', includeLinks: true, includeUnanswered: true },
	],
	[
		{ answerKeys: 'odd', includeLinks: 'yes', includeUnanswered: 1 },
		{ answerKeys: 'text', includeLinks: true, includeUnanswered: true },
	],
	[
		{ includeLinks: 'false', includeUnanswered: ' No ' },
		{ answerKeys: 'text', includeLinks: false, includeUnanswered: false },
	],
])('of the options %j these hold', (chosen, options) => {
	expect(readItemOptions(chosen, requiredYesNo)).toEqual(options);
});

it.each([
	['includeLinks', 'Include Links'],
	['includeUnanswered', 'Include Unanswered'],
])('%s that is neither yes nor no is refused by its name', (name, label) => {
	expect(() => readItemOptions({ [name]: 'maybe' }, requiredYesNo)).toThrow(
		`The value of "${label}" is neither yes nor no`,
	);
});
