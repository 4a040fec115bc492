import { VersionedNodeType, type INodeTypeBaseDescription } from 'n8n-workflow';

import { TallyTriggerV1 } from './trigger/TallyTriggerV1';
import { TallyTriggerV1_2 } from './trigger/TallyTriggerV1_2';

export class TallyTrigger extends VersionedNodeType {
	constructor() {
		const description: INodeTypeBaseDescription = {
			displayName: 'Tally Trigger',
			name: 'tallyTrigger',
			icon: { light: 'file:tally.svg', dark: 'file:tally.dark.svg' },
			group: ['trigger'],
			subtitle: '={{ $parameter.toJSON().formId.cachedResultName || $parameter.formId }}',
			description: 'Starts the workflow when someone submits a Tally form',
			// n8n puts something behind the addresses in codex files, which no anchor survives.
			documentationUrl:
				'https://github.com/tally-clevertap/n8n-nodes-tally-clevertap/blob/main/docs/usage.md#tally-trigger',
			defaultVersion: 1.2,
		};
		const v1 = new TallyTriggerV1(description);
		super({ 1: v1, 1.1: v1, 1.2: new TallyTriggerV1_2(description) }, description);
	}
}
