import { readItemOptions } from '../../../../nodes/Tally/submission/itemOptions';

it.each([
	[{}, { answerKeys: 'text', includeLinks: false, includeUnanswered: false }],
	[
		{ answerKeys: 'key', includeLinks: true, includeUnanswered: true },
		{ answerKeys: 'key', includeLinks: true, includeUnanswered: true },
	],
	[
		{ answerKeys: 'odd', includeLinks: 'yes', includeUnanswered: 1 },
		{ answerKeys: 'text', includeLinks: false, includeUnanswered: false },
	],
])('of the options %j these hold', (chosen, options) => {
	expect(readItemOptions(chosen)).toEqual(options);
});
