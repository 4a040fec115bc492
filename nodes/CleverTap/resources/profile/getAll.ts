import type { IDataObject } from 'n8n-workflow';

import { queryFields } from '../../fields/query';
import { profilesOptions, readLimit, readOptions } from '../../fields/readOptions';
import { limitFields, simplifyField } from '../../fields/results';
import type { Operation } from '../../operation';
import { isRefused } from '../../upload/verdict';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many profiles',
	description: 'Get many profiles of users who did an event, or whose properties match',
	fields: [...queryFields('profile'), ...limitFields, simplifyField, profilesOptions],

	async execute({ networkLine, perItem, readPages, readQuery, simplifyProfile }) {
		const line = networkLine.call(this);

		return await perItem.call(this, async (item) => {
			const query = readQuery.call(this, item, 'profile');
			if (isRefused(query)) return { failed: query };
			const simplify = this.getNodeParameter('simplify', item, true) === true;
			const records = await readPages(
				{
					path: '/1/profiles.json',
					parts: simplify ? ['events', 'profile'] : ['app', 'events', 'profile'],
					query,
					...readLimit.call(this, item),
					...readOptions.call(this, item),
				},
				line,
			);
			if (!Array.isArray(records)) return { failed: records };
			return { items: simplify ? records.map(simplifyProfile) : (records as IDataObject[]) };
		});
	},
};
