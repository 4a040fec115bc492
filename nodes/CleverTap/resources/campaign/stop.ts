import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { perItem } from '../../../shared/perItem';
import { poll } from '../../read/poll';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';
import { campaignField, toCampaignNumber } from './campaignField';

export const stop: Operation = {
	value: 'stop',
	name: 'Stop',
	action: 'Stop campaign',
	description: 'End a scheduled or running campaign, so that it reaches nobody else. It can’t be started again.',
	fields: [campaignField('The campaign to end')],

	async execute(context) {
		const client = networkClient(context);
		return await perItem(
			context,
			async (parameters) => {
				const id = toCampaignNumber(parameters.value('campaign'));
				// To stop it twice is as good as once.
				const { status } = await poll(client, { method: 'POST', path: '/1/targets/stop.json', body: { id } }, 0);
				if (status !== 'success') {
					throw new ItemError(
						'CleverTap’s answer could not be read',
						'Run the node again: stopping twice does no harm.',
					);
				}
				return [{ campaignId: String(id), stopped: true }];
			},
			failureOf,
		);
	},
};
