import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { limitFields } from '../../../shared/parameters/resultFields';
import { requiredYesNo } from '../../../shared/yesNo';
import { formIn, formOption } from '../../form/parameter';
import { readWebhooks } from '../../transport/webhooks';
import { forEachItem } from '../common/item';
import { secretsOption, withoutSigningSecret } from './fields';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Get many webhooks, of all forms or of one',
	fields: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			description: 'Which webhooks to get',
			options: [formOption('Only webhooks of this form; without it, those of all forms')],
		},
		secretsOption,
	],

	execute: forEachItem(async (item) => {
		const { form } = item.collection('filters');
		const hasSecrets = requiredYesNo(item.collection('options').includeSecrets, 'Include Secrets');
		const formId = form === undefined ? undefined : formIn(form);
		const webhooks = await readWebhooks(item.client, {
			limit: item.limit(),
			isWanted: formId === undefined ? undefined : (webhook) => webhook.formId === formId,
		});
		return hasSecrets ? (webhooks as IDataObject[]) : webhooks.map(withoutSigningSecret);
	}, 'No webhook was found. Tally lists those that the API key can see; without the filter, those of all forms.'),
};
