import type { INodeProperties } from 'n8n-workflow';

import { filledText, numberIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { requiredText } from '../../../shared/parameters/itemParameters';
import { limitFields } from '../../../shared/parameters/resultFields';
import { requiredYesNo } from '../../../shared/yesNo';
import { formParameter } from '../../form/parameter';
import { isId } from '../../transport/ids';
import type { Chosen } from '../../transport/reply';
import { readWebhooks } from '../../transport/webhooks';
import { forEachItem, type TallyItem } from '../common/item';
import { readSpan } from '../common/span';
import { webhookParameter } from './fields';
import { ownTriggers, type IsOwn } from './ownTriggers';
import { redeliver as redeliverAll, type Watched } from './redelivery';

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
			displayName: 'Only Own Triggers',
			name: 'onlyOwnTriggers',
			type: 'boolean',
			default: false,
			displayOptions: { show: { '@version': [{ _cnd: { gte: 1.1 } }] } },
			description: 'Whether to leave alone every webhook that is not one of this n8n’s Tally Triggers, by its address',
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

export const redeliver: Operation = {
	value: 'redeliver',
	name: 'Redeliver',
	action: 'Redeliver what a webhook has missed',
	description: 'Ask Tally to send again what has not arrived, oldest first. What has arrived since is left alone.',
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
		// Version 1 takes any 2xx for an arrival, whoever has answered.
		const isTellingApart = item.context.getNode().typeVersion >= 1.1;
		const isOwn = isTellingApart ? ownTriggers(item.context.getRestApiUrl()) : undefined;
		const webhooks = await webhooksOf(item, isOwn);
		return await redeliverAll(item.client, {
			chosen: chosenIn(item),
			webhooks,
			limit,
			waitMs,
			isOwn,
			...span,
		});
	}, 'There was nothing to send again: all deliveries that were looked at have arrived, or no webhook and no delivery fits the filters.'),
};

/** What the field on screen says whose deliveries are meant. */
function chosenIn(item: TallyItem): Chosen {
	const scope = item.value('scope');
	if (scope === 'form') return { Form: item.form() };
	return scope === 'webhook' ? { Webhook: item.id('webhookId', 'Webhook') } : {};
}

/** @param isOwn given where addresses matter */
async function webhooksOf(item: TallyItem, isOwn: IsOwn | undefined): Promise<Watched[]> {
	const { addressContains, onlyOwnTriggers } = item.collection('filters');
	const isOnlyOwn = isOwn !== undefined && requiredYesNo(onlyOwnTriggers, 'Only Own Triggers');
	const scope = item.value('scope');
	if (scope === 'webhook') {
		const id = item.id('webhookId', 'Webhook');
		if (isOwn === undefined) return [{ id }];
		const [found] = await readWebhooks(item.client, {
			limit: 1,
			isWanted: (webhook) => webhook.id === id,
			isForbiddenNone: true,
		});
		const url = filledText(found?.url);
		return isOnlyOwn && !isOwn(url) ? [] : [{ id, url }];
	}
	if (scope !== 'form' && scope !== 'all') {
		throw new ItemError(
			'The value of "Deliveries Of" is not in its list',
			'Choose one from the list in "Deliveries Of".',
		);
	}
	const formId = scope === 'form' ? item.form() : undefined;
	const part = addressContains === undefined ? undefined : requiredText(addressContains, 'Address Contains');
	const webhooks = await readWebhooks(item.client, {
		isWanted: (webhook) =>
			(formId === undefined || webhook.formId === formId) &&
			(part === undefined || filledText(webhook.url)?.includes(part) === true) &&
			(!isOnlyOwn || isOwn(webhook.url)),
	});
	return webhooks.flatMap(({ id, url }) => (isId(id) ? [{ id, url: filledText(url) }] : []));
}
