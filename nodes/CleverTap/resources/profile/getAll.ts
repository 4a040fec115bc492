import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { limitFields, simplifyField } from '../../../shared/parameters/resultFields';
import { perItem } from '../../../shared/perItem';
import { queryFields } from '../../parameters/queryFields';
import { profilesOptions, readLimit, readOptions, readSimplify } from '../../parameters/readOptions';
import { readPages } from '../../read/pages';
import { simplifyProfile } from '../../read/profile';
import { readQuery } from '../../read/readQuery';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many profiles',
	description: 'Get many profiles of users who did an event, or whose properties match',
	fields: [...queryFields('profile'), ...limitFields, simplifyField, profilesOptions],

	async execute(context) {
		const client = networkClient(context);
		const work = async ({ item }: { readonly item: number }) => {
			const query = readQuery(context, item, 'profile');
			const simplify = readSimplify(context, item);
			const records = await readPages(client, {
				path: '/1/profiles.json',
				parts: simplify ? ['events', 'profile'] : ['app', 'events', 'profile'],
				query,
				...readLimit(context, item),
				...readOptions(context, item),
			});
			return simplify ? records.map(simplifyProfile) : (records as IDataObject[]);
		};
		return await perItem(
			context,
			work,
			failureOf,
			'CleverTap has no such profile. It wants names and values to the letter, capitals and blanks included; a filter of a number needs its "Value Type".',
		);
	},
};
