import type { IDataObject } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { simplifyField } from '../../../shared/parameters/resultFields';
import { perItem } from '../../../shared/perItem';
import { readSimplify } from '../../parameters/readOptions';
import { simplifyProfile } from '../../read/profile';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';
import { findProfile, lookupFields, readLookup } from './lookup';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get profile',
	description: 'Get one user’s profile by Identity, email or Object ID',
	fields: [
		...lookupFields,
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			description: 'What to do when CleverTap does not know the user',
			options: [
				{
					displayName: 'When Not Found',
					name: 'onNotFound',
					type: 'options',
					default: 'output',
					description: 'What to do with an item whose user CleverTap does not know',
					options: [
						{ name: 'Fail', value: 'fail', description: 'The item fails' },
						{
							name: 'Output Found: False',
							value: 'output',
							description: 'The item goes on with the field "found" set to false',
						},
					],
				},
			],
		},
	],

	async execute(context) {
		const client = networkClient(context);
		const work = async ({ item }: { readonly item: number }): Promise<IDataObject[]> => {
			const lookup = readLookup(context, item);
			const { onNotFound }: IDataObject = context.getNodeParameter('options', item, {});
			const simplify = readSimplify(context, item);

			const record = await findProfile(client, lookup);
			if (record !== undefined) return [{ found: true, ...(simplify ? simplifyProfile(record) : record) }];
			const { key, value } = lookup;
			if (onNotFound !== 'fail') return [{ found: false, [key]: value }];
			throw new ItemError(`CleverTap knows no user with this ${key}`, 'Check the identifier, or set "When Not Found".');
		};
		return await perItem(context, work, failureOf);
	},
};
