import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../shared/operation';
import { itemIn } from '../common/answers';
import { forEachItem, namesOf, requiredId } from '../common/item';
import { readObjects } from '../common/json';
import { settingsOption, statusAndSettings, statusOption, titleBlock } from './fields';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create form',
	description: 'Create a form with a name, and with questions if you give its blocks',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Feedback',
			description: 'The title of the form',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to give the form beside its name',
			options: [
				{
					displayName: 'Blocks (JSON)',
					name: 'blocks',
					type: 'json',
					default: '[]',
					description:
						'What the form consists of, as Form Block: Get Many outputs it. A title block is added if there is none.',
				},
				{
					displayName: 'Folder ID',
					name: 'folderId',
					type: 'string',
					default: '',
					description: 'The folder of the workspace in which to create the form',
				},
				settingsOption,
				statusOption,
				{
					displayName: 'Template ID',
					name: 'templateId',
					type: 'string',
					default: '',
					description: 'The template to start from',
				},
				{
					displayName: 'Workspace ID',
					name: 'workspaceId',
					type: 'string',
					default: '',
					description: 'The workspace in which to create the form',
				},
			],
		},
	],

	execute: forEachItem(async (item) => {
		const name = item.text('name', 'Name');
		const { blocks, folderId, templateId, workspaceId, ...more } = item.collection('additionalFields');
		const given = blocks === undefined ? [] : readObjects(blocks, 'Blocks (JSON)');
		const hasTitle = given.some(({ type }) => type === 'FORM_TITLE');
		const id = (key: string, value: unknown, label: string): IDataObject =>
			value === undefined ? {} : { [key]: requiredId(value, label) };
		const body = await item.client.call({
			method: 'POST',
			path: '/forms',
			expects: { member: 'id' },
			field: namesOf({ 'Folder ID': folderId, 'Template ID': templateId, 'Workspace ID': workspaceId }),
			bodyField: blocks === undefined ? 'Name' : 'Blocks (JSON)',
			body: {
				status: 'DRAFT',
				...statusAndSettings(more),
				blocks: hasTitle ? given : [titleBlock(name), ...given],
				...id('folderId', folderId, 'Folder ID'),
				...id('templateId', templateId, 'Template ID'),
				...id('workspaceId', workspaceId, 'Workspace ID'),
			},
		});
		return itemIn(body);
	}),
};
