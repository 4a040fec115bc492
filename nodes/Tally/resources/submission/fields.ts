import type { INodeProperties } from 'n8n-workflow';

import { requiredYesNo } from '../../../shared/yesNo';
import type { RestItemOptions } from '../../submission/fromRest';
import {
	answerKeysOption,
	includeLinksOption,
	includeUnansweredOption,
	readItemOptions,
} from '../../submission/itemOptions';
import { choiceParameter } from '../common/choice';
import type { TallyItem } from '../common/item';

const SUBMISSION = {
	searchListMethod: 'searchSubmissions',
	what: 'a submission',
	example: 'Z9Z97Go',
	hint: 'The ID that the Tally Trigger and Get Many output as submissionId',
	dependsOn: ['formId.value'],
};

export const submissionParameter: INodeProperties = choiceParameter({
	...SUBMISSION,
	displayName: 'Submission',
	name: 'submissionId',
	description: 'Choose it by its time from the list, or give its ID',
});

export const afterSubmission: INodeProperties = choiceParameter({
	...SUBMISSION,
	displayName: 'After Submission',
	name: 'afterId',
	description: 'Only submissions that came after this one, which is not among them',
	required: false,
});

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
