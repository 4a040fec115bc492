import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { limitFields, simplifyField } from '../../fields/results';
import { webhookParameter } from '../../fields/workspace';
import { isRecord } from '../../narrowing';
import type { Operation } from '../../operation';
import { rawPayload } from '../../submission/item';
import { readDeliveryEntry } from '../../webhooks/deliveries';
import { readLogEntries } from '../../webhooks/log';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which deliveries to get',
	options: [
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			default: [],
			description: 'Only deliveries in one of these states; all of them if none is chosen',
			options: [
				{ name: 'Dropped', value: 'DROPPED', description: 'Tally has given it up' },
				{ name: 'Failed', value: 'FAILED', description: 'Tally will try again' },
				{ name: 'Queued', value: 'QUEUED', description: 'On its way' },
				{ name: 'Succeeded', value: 'SUCCEEDED', description: 'The receiver has taken it' },
			],
		},
	],
};

export const getDeliveries: Operation = {
	value: 'getDeliveries',
	name: 'Get Deliveries',
	action: 'Get deliveries of a webhook',
	description: 'Get what Tally has sent to a webhook, and how each delivery stands',
	fields: [webhookParameter, ...limitFields, simplifyField, filters],

	async run(input) {
		const webhookId = input.id('webhookId', 'Webhook');
		const wanted = new Set<unknown>([input.collection('filters').status ?? []].flat());
		const entries = await readLogEntries(input.line, webhookId, {
			limit: input.limit(),
			...(wanted.size === 0 ? {} : { isWanted: ({ deliveryStatus }) => wanted.has(deliveryStatus) }),
		});
		if (input.isOn('simplify')) {
			return entries
				.flatMap((entry) => readDeliveryEntry(entry, webhookId))
				.map((delivery): IDataObject => ({ ...delivery, status: delivery.status.toLowerCase() }));
		}
		return entries.map((entry) => {
			const { payload } = entry;
			// The links in it open the whole submission to anyone who has them.
			const kept = isRecord(payload) && isRecord(payload.data) ? rawPayload(payload, false) : payload;
			return { ...entry, payload: kept } as IDataObject;
		});
	},
};
