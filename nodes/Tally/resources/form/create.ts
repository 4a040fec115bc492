import type { Operation } from '../../../shared/operation';
import { itemIn } from '../common/answers';
import { choiceParameter } from '../common/choice';
import { forEachItem, requiredId } from '../common/item';
import { readObjects } from '../common/json';
import { workspaceOption } from '../common/workspace';
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
				choiceParameter({
					displayName: 'Folder',
					name: 'folderId',
					searchListMethod: 'searchFolders',
					what: 'a folder',
					example: '3xQ9dL',
					description: 'The folder of the workspace in which to create the form',
					dependsOn: ['additionalFields.workspaceId.value'],
					required: false,
				}),
				settingsOption,
				statusOption,
				{
					displayName: 'Template ID',
					name: 'templateId',
					type: 'string',
					default: '',
					description: 'The template to start from',
				},
				workspaceOption,
			],
		},
	],

	execute: forEachItem(async (item) => {
		const name = item.text('name', 'Name');
		const { blocks, folderId, templateId, workspaceId, ...more } = item.collection('additionalFields');
		const given = blocks === undefined ? [] : readObjects(blocks, 'Blocks (JSON)');
		const hasTitle = given.some(({ type }) => type === 'FORM_TITLE');
		const optional = (value: unknown, label: string): string | undefined =>
			value === undefined ? undefined : requiredId(value, label);
		const chosen = {
			Folder: optional(folderId, 'Folder'),
			'Template ID': optional(templateId, 'Template ID'),
			Workspace: optional(workspaceId, 'Workspace'),
		};
		const body = await item.client.call({
			method: 'POST',
			path: '/forms',
			expects: { member: 'id' },
			chosen,
			bodyField: blocks === undefined ? 'Name' : 'Blocks (JSON)',
			body: {
				status: 'DRAFT',
				...statusAndSettings(more),
				blocks: hasTitle ? given : [titleBlock(name), ...given],
				...(chosen.Folder === undefined ? {} : { folderId: chosen.Folder }),
				...(chosen['Template ID'] === undefined ? {} : { templateId: chosen['Template ID'] }),
				...(chosen.Workspace === undefined ? {} : { workspaceId: chosen.Workspace }),
			},
		});
		return itemIn(body);
	}),
};
