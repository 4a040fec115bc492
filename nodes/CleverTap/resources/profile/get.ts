import type { IDataObject } from 'n8n-workflow';

import { lookupFields, readLookup } from '../../fields/lookup';
import { simplifyField } from '../../fields/results';
import type { Operation } from '../../operation';
import { isRefused, refused } from '../../upload/verdict';

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

	async execute({ findProfile, networkLine, perItem, simplifyProfile }) {
		const line = networkLine.call(this);

		return await perItem.call(this, (item) => {
			const lookup = readLookup.call(this, item);
			if (isRefused(lookup)) return lookup;
			const { onNotFound }: IDataObject = this.getNodeParameter('options', item, {});
			const simplify = this.getNodeParameter('simplify', item, true) === true;

			return async () => {
				const found = await findProfile(lookup, line);
				if ('failed' in found) return found;
				const { record } = found;
				if (record !== undefined) return { items: [{ found: true, ...(simplify ? simplifyProfile(record) : record) }] };
				const { key, value } = lookup;
				if (onNotFound !== 'fail') return { items: [{ found: false, [key]: value }] };
				const reason = `CleverTap knows no user with this ${key}`;
				return { failed: refused(reason, 'Check the identifier, or set "When Not Found".') };
			};
		});
	},
};
