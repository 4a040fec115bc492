import type { INodeProperties } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import { toName } from '../../parameters/text';

/** The field to choose a campaign, or to give its ID. */
export function campaignField(description: string): INodeProperties {
	return {
		displayName: 'Campaign',
		name: 'campaign',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1695721550' },
		],
	};
}

/** The ID as text. @throws ItemError if there is none */
export function toCampaignId(value: unknown): string {
	const id = toName(value);
	if (/^\d{1,30}$/.test(id)) return id;
	throw new ItemError(
		id === '' ? '"Campaign" is empty' : '"Campaign" is not an ID',
		'Choose it from the list, or give its ID: the digits that CleverTap shows beside its name.',
	);
}

/** The ID as some calls want it. @throws ItemError if there is none, or it is too long to be exact */
export function toCampaignNumber(value: unknown): number {
	const number = Number(toCampaignId(value));
	if (Number.isSafeInteger(number)) return number;
	throw new ItemError('"Campaign" has more digits than an ID', 'Give the ID that CleverTap shows beside its name.');
}
