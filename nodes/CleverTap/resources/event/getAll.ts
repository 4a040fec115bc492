import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { limitFields, simplifyField } from '../../../shared/parameters/resultFields';
import { perItem } from '../../../shared/perItem';
import { queryFields } from '../../parameters/queryFields';
import { eventsOptions, readLimit, readOptions, readSimplify } from '../../parameters/readOptions';
import { simplifyEvent } from '../../read/event';
import { readPages } from '../../read/pages';
import { readQuery } from '../../read/readQuery';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many events',
	description: 'Get many events of one name in a range of days, with the users who did them',
	fields: [...queryFields('event'), ...limitFields, simplifyField, eventsOptions],

	async execute(context) {
		const client = networkClient(context);
		const work = async ({ item }: { readonly item: number }) => {
			const query = readQuery(context, item, 'event');
			const { identity, ...options } = readOptions(context, item);
			const simplify = readSimplify(context, item);
			const records = await readPages(client, {
				path: '/1/events.json',
				parts: simplify ? [] : ['app', 'events', 'profile'],
				query: identity === undefined ? query : { ...query, identity },
				...readLimit(context, item),
				...options,
			});
			const name = String(query.event_name);
			return simplify ? records.map((record) => simplifyEvent(record, name)) : (records as IDataObject[]);
		};
		return await perItem(
			context,
			work,
			failureOf,
			'CleverTap has no such event in these days. It wants names and values to the letter, capitals and blanks included.',
		);
	},
};
