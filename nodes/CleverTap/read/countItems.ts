import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readOptions } from '../fields/readOptions';
import type { Subject } from '../query/query';
import { readQuery } from '../query/readQuery';
import { networkLine } from '../transport/ask';
import { isRefused } from '../upload/verdict';
import { count } from './count';
import { perItem } from './perItem';

/** One count for each input item. */
export async function countItems(this: IExecuteFunctions, subject: Subject): Promise<INodeExecutionData[]> {
	const line = networkLine.call(this);
	const path = subject === 'event' ? '/1/counts/events.json' : '/1/counts/profiles.json';

	return await perItem.call(this, (item) => {
		const query = readQuery.call(this, item, subject);
		if (isRefused(query)) return query;
		const { maxWaitMs } = readOptions.call(this, item);
		return async () => {
			const counted = await count(path, query, maxWaitMs, line);
			return typeof counted === 'number' ? { items: [{ count: counted }] } : { failed: counted };
		};
	});
}
