import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ItemError } from '../../shared/itemError';
import { perItem } from '../../shared/perItem';
import type { Subject } from '../parameters/queryFields';
import { readOptions } from '../parameters/readOptions';
import { failureOf } from '../result/verdict';
import { networkClient, type CleverTapClient } from '../transport/client';
import type { Query } from './query';
import { readQuery } from './readQuery';
import { countedBy } from './ticket';

const PATHS = { event: '/1/counts/events.json', profile: '/1/counts/profiles.json' } as const;

/** One count for each input item. */
export async function countItems(context: IExecuteFunctions, subject: Subject): Promise<INodeExecutionData[]> {
	const client = networkClient(context);
	const work = async ({ item }: { readonly item: number }) => {
		const query = readQuery(context, item, subject);
		const { maxWaitMs } = readOptions(context, item);
		return [{ count: await count(client, subject, query, maxWaitMs) }];
	};
	return await perItem(context, work, failureOf);
}

/**
 * How many profiles or events match.
 *
 * @throws ItemError if CleverTap does not count
 */
export async function count(
	client: CleverTapClient,
	subject: Subject,
	query: Query,
	maxWaitMs: number,
): Promise<number> {
	const answer = await countedBy(client, PATHS[subject], query, maxWaitMs, 'count');
	if (typeof answer.count === 'number') return answer.count;
	throw new ItemError('CleverTap’s answer holds no count', 'Run the node again later.');
}
