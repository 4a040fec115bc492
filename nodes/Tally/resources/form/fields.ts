import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { readObject } from '../common/json';

export const statusOption: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	default: 'DRAFT',
	description: 'Whether people can fill in the form',
	options: [
		{ name: 'Blank', value: 'BLANK', description: 'Nothing is in it yet' },
		{ name: 'Draft', value: 'DRAFT', description: 'Only you see it' },
		{ name: 'Published', value: 'PUBLISHED', description: 'Whoever has the link can fill it in' },
	],
};

export const settingsOption: INodeProperties = {
	displayName: 'Settings (JSON)',
	name: 'settings',
	type: 'json',
	default: '{}',
	description: 'Settings of the form as Tally names them, e.g. { "isClosed": true, "hasProgressBar": true }',
};

/** What a form's fields say of status and settings, as Tally's body has them. */
export function statusAndSettings({ status, settings }: IDataObject): IDataObject {
	return {
		...(status === undefined ? {} : { status }),
		...(settings === undefined ? {} : { settings: readObject(settings, 'Settings (JSON)') }),
	};
}

/** The block from which a form has its name (https://api.tally.so/openapi.json). */
export function titleBlock(name: string): IDataObject {
	const html = name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	return {
		uuid: randomUUID(),
		type: 'FORM_TITLE',
		groupUuid: randomUUID(),
		groupType: 'TEXT',
		payload: { title: name, html },
	};
}
