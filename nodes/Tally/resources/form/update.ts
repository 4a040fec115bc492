import type { IDataObject } from 'n8n-workflow';

import { readObjects } from '../../fields/json';
import { formParameter } from '../../forms/parameter';
import { settingsOption, statusAndSettings, statusOption } from '../../forms/write';
import type { Operation } from '../../operation';
import { itemIn } from '../../run/answers';

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

	async run(input) {
		const formId = input.form();
		const { blocks, name, ...more } = input.collection('updateFields');
		const changes: IDataObject = {
			...(name === undefined ? {} : { name }),
			...statusAndSettings(input, more),
			...(blocks === undefined ? {} : { blocks: readObjects(input, blocks, 'Blocks (JSON)') }),
		};
		if (Object.keys(changes).length === 0) {
			throw input.wrong('"Update Fields" is empty', 'Add at least one field to change.');
		}
		return itemIn(
			await input.line.call({
				method: 'PATCH',
				path: `/forms/${formId}`,
				body: changes,
				field: 'Form',
			}),
		);
	},
};
