import { queryFields } from '../../fields/query';
import { countOptions } from '../../fields/readOptions';
import type { Operation } from '../../operation';

export const count: Operation = {
	value: 'count',
	name: 'Count',
	action: 'Count events',
	description: 'Count how often an event happened in a range of days',
	fields: [...queryFields('event'), countOptions],

	async execute({ countItems }) {
		return await countItems.call(this, 'event');
	},
};
