import type { INodeProperties } from 'n8n-workflow';

import { choiceParameter } from '../common/choice';

const FOLDER = {
	searchListMethod: 'searchFolders',
	what: 'a folder',
	example: '3xQ9dL',
	dependsOn: ['workspaceId.value'],
};

export const folderParameter: INodeProperties = choiceParameter({
	...FOLDER,
	displayName: 'Folder',
	name: 'folderId',
	description: 'Choose it from the list of the workspace’s folders, or give its ID',
});

/** @param description of what the parent is for */
export function parentFolder(description: string): INodeProperties {
	return choiceParameter({ ...FOLDER, displayName: 'Parent Folder', name: 'parentId', description, required: false });
}
