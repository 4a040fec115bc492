import type { INodeProperties } from 'n8n-workflow';

export const folderIdField: INodeProperties = {
	displayName: 'Folder ID',
	name: 'folderId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3xQ9dL',
	description: 'The ID that Get Many outputs',
};
