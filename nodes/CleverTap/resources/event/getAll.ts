import type { IDataObject } from 'n8n-workflow';

import { queryFields } from '../../fields/query';
import { eventsOptions, readLimit, readOptions } from '../../fields/readOptions';
import { limitFields, simplifyField } from '../../fields/results';
import type { Operation } from '../../operation';
import type { Export } from '../../read/pages';
import { isRefused } from '../../upload/verdict';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many events',
	description: 'Get many events of one name in a range of days, with the users who did them',
	fields: [...queryFields('event'), ...limitFields, simplifyField, eventsOptions],

	async execute({ networkLine, perItem, readPages, readQuery, simplifyEvent }) {
		const line = networkLine.call(this);

		return await perItem.call(this, (item) => {
			const query = readQuery.call(this, item, 'event');
			if (isRefused(query)) return query;
			const { identity, ...options } = readOptions.call(this, item);
			const simplify = this.getNodeParameter('simplify', item, true) === true;
			const wanted: Export = {
				path: '/1/events.json',
				parts: simplify ? [] : ['app', 'events', 'profile'],
				query: identity === undefined ? query : { ...query, identity },
				...readLimit.call(this, item),
				...options,
			};

			return async () => {
				const records = await readPages(wanted, line);
				if (!Array.isArray(records)) return { failed: records };
				const name = String(query.event_name);
				return {
					items: simplify ? records.map((record) => simplifyEvent(record, name)) : (records as IDataObject[]),
				};
			};
		});
	},
};
