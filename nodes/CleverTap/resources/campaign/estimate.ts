import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { perItem } from '../../../shared/perItem';
import { poll } from '../../read/poll';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';
import { newCampaign, newCampaignFields } from './newCampaign';

export const estimate: Operation = {
	value: 'estimate',
	name: 'Estimate',
	action: 'Estimate reach of a campaign',
	description: 'Get how many users a campaign would reach, from the same fields as Create. It sends nothing.',
	fields: newCampaignFields,

	async execute(context) {
		const client = networkClient(context);
		return await perItem(
			context,
			async (parameters) => {
				const body = { ...newCampaign(parameters), estimate_only: true };
				const request = { method: 'POST', path: '/1/targets/create.json', body, hides: Object.values(body) } as const;
				const { estimates } = await poll(client, request, 0);
				if (!isRecord(estimates)) {
					throw new ItemError('CleverTap’s answer holds no estimate', 'Run the node again: it sends nothing.');
				}
				const total = Object.values(estimates).reduce<number>((sum, n) => sum + (typeof n === 'number' ? n : 0), 0);
				return [{ total, estimates: { ...estimates } }];
			},
			failureOf,
		);
	},
};
