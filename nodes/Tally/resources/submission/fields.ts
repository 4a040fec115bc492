import type { INodeProperties } from 'n8n-workflow';

import { requiredYesNo } from '../../../shared/yesNo';
import type { RestItemOptions } from '../../submission/fromRest';
import {
	answerKeysOption,
	includeLinksOption,
	includeUnansweredOption,
	readItemOptions,
} from '../../submission/itemOptions';
import type { TallyItem } from '../common/item';

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

/** The choices as made; names in outputs of version 1 stay as they are. */
export function restItemOptions(item: TallyItem): RestItemOptions {
	const isNamedAsDelivered = item.context.getNode().typeVersion >= 1.1;
	return {
		...readItemOptions(item.collection('options'), requiredYesNo),
		untitled: isNamedAsDelivered ? 'asDelivered' : 'byKey',
	};
}
