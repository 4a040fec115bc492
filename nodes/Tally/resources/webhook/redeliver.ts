import type { INodeProperties } from 'n8n-workflow';

import { readMoment } from '../../fields/moment';
import { limitFields } from '../../fields/results';
import { webhookParameter } from '../../fields/workspace';
import { formParameter } from '../../forms/parameter';
import { filledText, isId, numberIn } from '../../narrowing';
import type { Operation } from '../../operation';
import type { Input } from '../../run/input';
import { readWebhooks } from '../../webhooks/list';
import { redeliver as redeliverAll } from '../../webhooks/redeliver';

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

	async run(input) {
		const { from, to } = input.collection('filters');
		const { waitForOutcome = DEFAULT_WAIT_SECONDS } = input.collection('options');
		const limit = input.limit();
		const span = { from: readMoment(input, from, 'From'), to: readMoment(input, to, 'To') };
		if (span.from !== undefined && span.to !== undefined && span.from > span.to) {
			throw input.wrong('"From" is later than "To"', 'Exchange the two dates.');
		}
		const waitMs = Math.max(0, numberIn(waitForOutcome) || 0) * 1000;
		const webhookIds = await webhooksOf(input);
		return await redeliverAll(input.line, { webhookIds, limit, waitMs, ...span });
	},
};

async function webhooksOf(input: Input): Promise<string[]> {
	const scope = input.value('scope');
	if (scope === 'webhook') return [input.id('webhookId', 'Webhook')];
	if (scope !== 'form' && scope !== 'all') {
		throw input.wrong(
			'The value of "Deliveries Of" is none of its list',
			'Choose one from the list in "Deliveries Of".',
		);
	}
	const formId = scope === 'form' ? input.form() : undefined;
	const { addressContains } = input.collection('filters');
	const part = addressContains === undefined ? undefined : input.checkedText(addressContains, 'Address Contains');
	const webhooks = await readWebhooks(input.line, {
		isWanted: (webhook) =>
			(formId === undefined || webhook.formId === formId) &&
			(part === undefined || filledText(webhook.url)?.includes(part) === true),
	});
	return webhooks.map(({ id }) => id).filter(isId);
}
