import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { limitFields, simplifyField } from '../../../shared/parameters/resultFields';
import { rawPayload } from '../../submission/item';
import { forEachItem } from '../common/item';
import { readDeliveryEntry } from './deliveries';
import { webhookParameter } from './fields';
import { readLogEntries } from './log';

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

	execute: forEachItem(async (item) => {
		const webhookId = item.id('webhookId', 'Webhook');
		const isSimplified = item.isOn('simplify', 'Simplify');
		const wanted = new Set<unknown>([item.collection('filters').status ?? []].flat());
		const entries = await readLogEntries(item.client, webhookId, {
			chosen: { Webhook: webhookId },
			limit: item.limit(),
			isWanted: wanted.size === 0 ? undefined : ({ deliveryStatus }) => wanted.has(deliveryStatus),
		});
		if (isSimplified) {
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
	}, 'Tally has logged no delivery to this webhook, or none in the states that the filter "Status" names.'),
};
