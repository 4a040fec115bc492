import type { INodeProperties } from 'n8n-workflow';

import { filledText, numberIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { requiredText } from '../../../shared/parameters/itemParameters';
import { limitFields } from '../../../shared/parameters/resultFields';
import { formParameter } from '../../form/parameter';
import { isId } from '../../transport/ids';
import { readWebhooks } from '../../transport/webhooks';
import { forEachItem, type TallyItem } from '../common/item';
import { readSpan } from '../common/span';
import { webhookParameter } from './fields';
import { redeliver as redeliverAll } from './redelivery';

const DEFAULT_WAIT_SECONDS = 20;

const scopeField: INodeProperties = {
	displayName: 'Deliveries Of',
	name: 'scope',
	type: 'options',
	default: 'form',
	description: 'Which webhooks to look through for deliveries that have not arrived',
	options: [
		{ name: 'All Webhooks', value: 'all', description: 'Whatever the API key can see' },
		{ name: 'One Form', value: 'form', description: 'All webhooks of a form' },
		{ name: 'One Webhook', value: 'webhook', description: 'The one that you choose below' },
	],
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which deliveries to send again',
	options: [
		{
			displayName: 'Address Contains',
			name: 'addressContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. n8n.example.com',
			description: 'Only webhooks whose address holds this text, such as the host of this n8n',
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'Only deliveries that were first sent at this time or later',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			default: '',
			description: 'Only deliveries that were first sent at this time or earlier',
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'How fast to ask Tally, and how long to wait for the outcome',
	options: [
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 90,
			description: 'How many requests to send at most. Tally allows 100 a minute; leave some for other workflows.',
		},
		{
			displayName: 'Wait for Outcome',
			name: 'waitForOutcome',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_WAIT_SECONDS,
			description: 'How many seconds to wait, at most, to see how the deliveries end. With 0 they are only asked for.',
		},
	],
};

/** The field on screen that says whose deliveries are meant. */
const FIELDS = new Map<unknown, string>([
	['form', 'Form'],
	['webhook', 'Webhook'],
]);

export const redeliver: Operation = {
	value: 'redeliver',
	name: 'Redeliver',
	action: 'Redeliver what a webhook has missed',
	description:
		'Ask Tally to send again what failed or was dropped, oldest first. What has arrived since is left alone.',
	fields: [
		scopeField,
		{ ...formParameter, displayOptions: { show: { scope: ['form'] } } },
		{ ...webhookParameter, displayOptions: { show: { scope: ['webhook'] } } },
		...limitFields,
		filters,
		options,
	],

	execute: forEachItem(async (item) => {
		const { waitForOutcome = DEFAULT_WAIT_SECONDS } = item.collection('options');
		const limit = item.limit();
		const span = readSpan(item, item.collection('filters'));
		const waitMs = Math.max(0, numberIn(waitForOutcome) || 0) * 1000;
		const webhookIds = await webhooksOf(item);
		return await redeliverAll(item.client, {
			field: FIELDS.get(item.value('scope')),
			webhookIds,
			limit,
			waitMs,
			...span,
		});
	}),
};

async function webhooksOf(item: TallyItem): Promise<string[]> {
	const scope = item.value('scope');
	if (scope === 'webhook') return [item.id('webhookId', 'Webhook')];
	if (scope !== 'form' && scope !== 'all') {
		throw new ItemError(
			'The value of "Deliveries Of" is not in its list',
			'Choose one from the list in "Deliveries Of".',
		);
	}
	const formId = scope === 'form' ? item.form() : undefined;
	const { addressContains } = item.collection('filters');
	const part = addressContains === undefined ? undefined : requiredText(addressContains, 'Address Contains');
	const webhooks = await readWebhooks(item.client, {
		isWanted: (webhook) =>
			(formId === undefined || webhook.formId === formId) &&
			(part === undefined || filledText(webhook.url)?.includes(part) === true),
	});
	return webhooks.map(({ id }) => id).filter(isId);
}
