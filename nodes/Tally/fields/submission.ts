import type { INodeProperties } from 'n8n-workflow';

import { answerKeysOption, includeLinksOption, includeUnansweredOption } from './itemOptions';
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
	description: 'How answers are named, and what else the output holds',
	options: [
		answerKeysOption,
		includeLinksOption,
		includeUnansweredOption,
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
