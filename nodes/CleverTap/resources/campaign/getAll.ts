import type { IDataObject } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { limitFields } from '../../../shared/parameters/resultFields';
import { perItem } from '../../../shared/perItem';
import { dayRangeFields, readDayRange } from '../../parameters/dayRange';
import { readLimit } from '../../parameters/readOptions';
import { campaignsIn, listRequest, piecesOf } from '../../read/campaigns';
import { poll } from '../../read/poll';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many campaigns',
	description: 'Get many campaigns that are scheduled in a range of days, however long',
	fields: [...dayRangeFields('the schedule'), ...limitFields],

	async execute(context) {
		const client = networkClient(context);
		return await perItem(
			context,
			async (parameters) => {
				const { limit = Infinity } = readLimit(context, parameters.item);
				const found: IDataObject[] = [];
				const seen = new Set<unknown>();
				for (const piece of piecesOf(readDayRange(parameters))) {
					if (found.length >= limit) break;
					const answer = await poll(client, listRequest(piece), 0);
					if (answer.status !== 'success' && !Array.isArray(answer.targets)) {
						throw new ItemError('CleverTap’s answer holds no campaigns', 'Run the node again later.');
					}
					for (const campaign of campaignsIn(answer)) {
						if (campaign.id !== undefined && seen.has(campaign.id)) continue;
						seen.add(campaign.id);
						found.push(campaign as IDataObject);
					}
				}
				return found.slice(0, limit);
			},
			failureOf,
			'CleverTap lists no campaign that is scheduled in these days. Older accounts list only those that the API made.',
		);
	},
};
