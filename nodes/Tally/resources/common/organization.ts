import type { INodeProperties } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import { isId } from '../../transport/ids';
import type { TallyItem } from './item';

export const organizationIdField: INodeProperties = {
	displayName: 'Organization ID',
	name: 'organizationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. atL65s',
	description: 'Leave empty for the organization of the API key’s owner',
};

/** The path of the organization; of the key's owner unless another one is named. */
export async function organizationPath(item: TallyItem): Promise<string> {
	const given = item.optionalId('organizationId', 'Organization ID');
	if (given !== undefined) return `/organizations/${given}`;
	const { organizationId } = await item.client.account();
	if (isId(organizationId)) return `/organizations/${organizationId}`;
	throw new ItemError('Tally does not say which organization the API key belongs to', 'Fill in "Organization ID".');
}
