import type { INodeProperties } from 'n8n-workflow';

import { answerKeysOption, includeLinksOption, includeUnansweredOption } from '../../submission/itemOptions';

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
	options: [answerKeysOption, includeLinksOption, includeUnansweredOption],
};
