import type { IDataObject } from 'n8n-workflow';

import { formParameter } from '../../forms/parameter';
import { isRecord } from '../../narrowing';
import type { Operation } from '../../operation';
import { withoutSigningSecret } from '../../run/secrets';
import { headersOption, readHeaders, readUrl, signingSecretOption, SUBMISSIONS, urlOption } from '../../webhooks/write';

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

	async run(input) {
		const formId = input.form();
		const url = readUrl(input, input.value('url'));
		const more = input.collection('additionalFields');
		const { externalSubscriber, signingSecret } = more;
		const httpHeaders = readHeaders(more);
		const wanted: IDataObject = {
			formId,
			url,
			eventTypes: SUBMISSIONS,
			...(signingSecret === undefined ? {} : { signingSecret }),
			...(httpHeaders === undefined ? {} : { httpHeaders }),
			...(externalSubscriber === undefined ? {} : { externalSubscriber }),
		};
		const body = await input.line.call({
			method: 'POST',
			path: '/webhooks',
			body: wanted,
			field: 'Form',
		});
		// Tally's answer has less than its list.
		return [withoutSigningSecret({ ...wanted, ...(isRecord(body) ? body : {}) })];
	},
};
