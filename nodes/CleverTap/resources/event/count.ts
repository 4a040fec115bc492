import type { Operation } from '../../../shared/operation';
import { queryFields } from '../../parameters/queryFields';
import { countOptions } from '../../parameters/readOptions';
import { countItems } from '../../read/count';

export const count: Operation = {
	value: 'count',
	name: 'Count',
	action: 'Count events',
	description: 'Count how often an event happened in a range of days',
	fields: [...queryFields('event'), countOptions],

	async execute(context) {
		return await countItems(context, 'event');
	},
};
