import type { Operation } from '../../../shared/operation';
import { queryFields } from '../../parameters/queryFields';
import { countOptions } from '../../parameters/readOptions';
import { countItems } from '../../read/count';

export const count: Operation = {
	value: 'count',
	name: 'Count',
	action: 'Count profiles',
	description: 'Count the users who did an event, or whose properties match',
	fields: [...queryFields('profile'), countOptions],

	async execute(context) {
		return await countItems(context, 'profile');
	},
};
