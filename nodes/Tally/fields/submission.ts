import type { INodeProperties } from 'n8n-workflow';

import type { ItemOptions } from '../submission/item';
import type { Input } from '../run/input';

export const submissionIdField: INodeProperties = {
	displayName: 'Submission ID',
	name: 'submissionId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Z9Z97Go',
	description: 'The ID that the Tally Trigger and Get Many output as submissionId',
};

/** How a submission is output; the same choices as the trigger's. */
export const itemOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
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
		},
		{
			displayName: 'Include Links',
			name: 'includeLinks',
			type: 'boolean',
			default: false,
			description: 'Whether to output the links to the submission\'s page and PDF. Whoever has such a link can read the whole submission.',
		},
		{
			displayName: 'Include Unanswered',
			name: 'includeUnanswered',
			type: 'boolean',
			default: false,
			description: 'Whether to output questions without an answer as null instead of leaving them out',
		},
	],
};

export function readItemOptions(input: Input): Omit<ItemOptions, 'raw'> {
	const { answerKeys, includeLinks, includeUnanswered } = input.collection('options');
	return {
		answerKeys: answerKeys === 'key' ? 'key' : 'text',
		includeLinks: includeLinks === true,
		includeUnanswered: includeUnanswered === true,
	};
}
