import type { IDataObject } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { itemIn } from '../common/answers';
import { forEachItem } from '../common/item';
import { readObjects } from '../common/json';
import { settingsOption, statusAndSettings, statusOption } from './fields';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update form',
	description: 'Change the name, status, settings or blocks of a form',
	fields: [
		formParameter,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to change; all else stays as it is',
			options: [
				{
					displayName: 'Blocks (JSON)',
					name: 'blocks',
					type: 'json',
					default: '[]',
					description: 'All blocks of the form. What is left out is removed from the form, and with it its question.',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'The new title of the form',
				},
				settingsOption,
				statusOption,
			],
		},
	],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const { blocks, name, ...more } = item.collection('updateFields');
		const changes: IDataObject = {
			...(name === undefined ? {} : { name }),
			...statusAndSettings(more),
			...(blocks === undefined ? {} : { blocks: readObjects(blocks, 'Blocks (JSON)') }),
		};
		if (Object.keys(changes).length === 0) {
			throw new ItemError('"Update Fields" is empty', 'Add at least one field to change.');
		}
		return itemIn(
			await item.client.call({
				method: 'PATCH',
				path: `/forms/${formId}`,
				expects: { member: 'id' },
				body: changes,
				chosen: { Form: formId },
			}),
		);
	}),
};
