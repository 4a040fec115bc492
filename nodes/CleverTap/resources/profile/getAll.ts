import type { IDataObject } from 'n8n-workflow';

import { queryFields } from '../../fields/query';
import { profilesOptions, readLimit, readOptions } from '../../fields/readOptions';
import { limitFields, simplifyField } from '../../fields/results';
import type { Operation } from '../../operation';
import type { Export } from '../../read/pages';
import { isRefused } from '../../upload/verdict';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many profiles',
	description: 'Get many profiles of users who did an event, or whose properties match',
	fields: [...queryFields('profile'), ...limitFields, simplifyField, profilesOptions],

	async execute({ networkLine, perItem, readPages, readQuery, simplifyProfile }) {
		const line = networkLine.call(this);

		return await perItem.call(this, (item) => {
			const query = readQuery.call(this, item, 'profile');
			if (isRefused(query)) return query;
			const simplify = this.getNodeParameter('simplify', item, true) === true;
			const wanted: Export = {
				path: '/1/profiles.json',
				parts: simplify ? ['events', 'profile'] : ['app', 'events', 'profile'],
				query,
				...readLimit.call(this, item),
				...readOptions.call(this, item),
			};

			return async () => {
				const records = await readPages(wanted, line);
				if (!Array.isArray(records)) return { failed: records };
				return { items: simplify ? records.map(simplifyProfile) : (records as IDataObject[]) };
			};
		});
	},
};
