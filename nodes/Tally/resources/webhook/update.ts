import type { IDataObject } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { requiredYesNo } from '../../../shared/yesNo';
import { formIn, formOption } from '../../form/parameter';
import { nothingOf } from '../../transport/refusals';
import { EVENT_TYPES, readWebhooks } from '../../transport/webhooks';
import { forEachItem } from '../common/item';
import {
	headersOption,
	readHeaders,
	readUrl,
	signingSecretOption,
	urlOption,
	webhookParameter,
	withoutSigningSecret,
} from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update webhook',
	description: 'Change a webhook; what is not given stays as it is',
	fields: [
		webhookParameter,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to change; all else stays as it is',
			options: [
				{
					displayName: 'Enabled',
					name: 'isEnabled',
					type: 'boolean',
					default: true,
					description: 'Whether Tally sends submissions to it',
				},
				formOption('The form whose submissions are sent to it'),
				headersOption,
				signingSecretOption,
				urlOption,
			],
		},
	],

	execute: forEachItem(async (item) => {
		const webhookId = item.id('webhookId', 'Webhook');
		const given = item.collection('updateFields');
		const { form, isEnabled, signingSecret, url } = given;
		const httpHeaders = readHeaders(given);
		const changes: IDataObject = {
			...(form === undefined ? {} : { formId: formIn(form) }),
			...(isEnabled === undefined ? {} : { isEnabled: requiredYesNo(isEnabled, 'Enabled') }),
			...(signingSecret === undefined ? {} : { signingSecret }),
			...(url === undefined ? {} : { url: readUrl(url) }),
			...(httpHeaders === undefined ? {} : { httpHeaders }),
		};
		if (Object.keys(changes).length === 0) {
			throw new ItemError('"Update Fields" is empty', 'Add at least one field to change.');
		}

		// Tally replaces a webhook whole, and has no way to read one: it is looked for in the list.
		const [webhook] = await readWebhooks(item.client, {
			limit: 1,
			isWanted: ({ id }) => id === webhookId,
		});
		if (webhook === undefined) {
			throw new ItemError(
				`Tally has ${nothingOf({ Webhook: webhookId })}`,
				'It may have been deleted, or belong to another account.',
			);
		}
		const merged: Record<string, unknown> = { eventTypes: EVENT_TYPES, ...webhook, ...changes };
		const written = ['formId', 'url', 'eventTypes', 'isEnabled', 'signingSecret', 'httpHeaders'];
		await item.client.call({
			method: 'PATCH',
			path: `/webhooks/${webhookId}`,
			expects: 'nothing',
			body: Object.fromEntries(
				written.filter((name) => merged[name] !== undefined).map((name) => [name, merged[name]]),
			) as IDataObject,
			chosen: form === undefined ? { Webhook: webhookId } : { Form: formIn(form) },
		});
		return [withoutSigningSecret(merged)];
	}),
};
