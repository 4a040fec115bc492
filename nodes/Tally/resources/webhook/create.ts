import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { EVENT_TYPES } from '../../transport/webhooks';
import { forEachItem } from '../common/item';
import { headersOption, readHeaders, readUrl, signingSecretOption, urlOption, withoutSigningSecret } from './fields';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create webhook',
	description: 'Have Tally send every submission of a form to an address. The Tally Trigger does this by itself.',
	fields: [
		formParameter,
		{ ...urlOption, required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'How deliveries are signed, what they carry and who owns the webhook',
			options: [
				{
					displayName: 'External Subscriber',
					name: 'externalSubscriber',
					type: 'string',
					default: '',
					description:
						'The integration that owns the webhook. With one, people can’t remove the webhook in Tally itself.',
				},
				headersOption,
				signingSecretOption,
			],
		},
	],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const url = readUrl(item.value('url'));
		const more = item.collection('additionalFields');
		const { externalSubscriber, signingSecret } = more;
		const httpHeaders = readHeaders(more);
		const wanted: IDataObject = {
			formId,
			url,
			eventTypes: EVENT_TYPES,
			...(signingSecret === undefined ? {} : { signingSecret }),
			...(httpHeaders === undefined ? {} : { httpHeaders }),
			...(externalSubscriber === undefined ? {} : { externalSubscriber }),
		};
		const body = await item.client.call({
			method: 'POST',
			path: '/webhooks',
			expects: { member: 'id' },
			body: wanted,
			chosen: { Form: formId },
		});
		// Tally's answer has less than its list.
		return [withoutSigningSecret({ ...wanted, ...(isRecord(body) ? body : {}) })];
	}),
};
