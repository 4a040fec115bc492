import type { IDataObject } from 'n8n-workflow';

import { limitFields } from '../../fields/results';
import { formIn } from '../../forms/parameter';
import type { Operation } from '../../operation';
import { withoutSigningSecret } from '../../run/secrets';
import { readWebhooks } from '../../webhooks/list';
import { secretsOption } from '../../webhooks/write';

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
			options: [
				{
					displayName: 'Form',
					name: 'form',
					type: 'string',
					default: '',
					placeholder: 'e.g. GxdRaQ',
					description: 'Only webhooks of this form: its ID, or its address in Tally',
				},
			],
		},
		secretsOption,
	],

	async run(input) {
		const { form } = input.collection('filters');
		const formId = form === undefined ? undefined : formIn(form, input.context.getNode());
		const webhooks = await readWebhooks(input.line, {
			limit: input.limit(),
			...(formId === undefined ? {} : { isWanted: (webhook) => webhook.formId === formId }),
		});
		const { includeSecrets } = input.collection('options');
		return includeSecrets === true ? (webhooks as IDataObject[]) : webhooks.map(withoutSigningSecret);
	},
};
