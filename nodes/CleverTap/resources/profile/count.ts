import { queryFields } from '../../fields/query';
import { countOptions } from '../../fields/readOptions';
import type { Operation } from '../../operation';

export const count: Operation = {
	value: 'count',
	name: 'Count',
	action: 'Count profiles',
	description: 'Count the users who did an event, or whose properties match',
	fields: [...queryFields('profile'), countOptions],

	async execute({ countItems }) {
		return await countItems.call(this, 'profile');
	},
};
