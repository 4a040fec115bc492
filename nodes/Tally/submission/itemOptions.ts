import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemOptions } from './item';

// What the trigger and the operations of submissions ask alike: the item has one shape in both.

export const answerKeysOption: INodeProperties = {
	displayName: 'Answer Keys',
	name: 'answerKeys',
	type: 'options',
	default: 'text',
	description: 'How answers are named in the output',
	options: [
		{
			name: 'Question Text',
			value: 'text',
			description: 'As people read them in the form, e.g. Your email',
		},
		{
			name: 'Question Key',
			value: 'key',
			description: 'As Tally numbers them, e.g. question_EKOE2N. Stays when the text is edited.',
		},
	],
};

export const includeLinksOption: INodeProperties = {
	displayName: 'Include Links',
	name: 'includeLinks',
	type: 'boolean',
	default: false,
	description:
		"Whether to output the links to the submission's page and PDF. Whoever has such a link can read the whole submission.",
};

export const includeUnansweredOption: INodeProperties = {
	displayName: 'Include Unanswered',
	name: 'includeUnanswered',
	type: 'boolean',
	default: false,
	description: 'Whether to output questions without an answer as null instead of leaving them out',
};

/**
 * The choices as made.
 *
 * @param isOn reads a yes/no option, which an expression may give as a text; the label is for its error
 */
export function readItemOptions(
	chosen: IDataObject,
	isOn: (value: unknown, label: string) => boolean,
): Omit<ItemOptions, 'raw'> {
	return {
		answerKeys: chosen.answerKeys === 'key' ? 'key' : 'text',
		includeLinks: isOn(chosen.includeLinks, includeLinksOption.displayName),
		includeUnanswered: isOn(chosen.includeUnanswered, includeUnansweredOption.displayName),
	};
}
