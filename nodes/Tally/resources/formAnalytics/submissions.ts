import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { forEachItem } from '../common/item';
import { periodField, readBuckets } from './figures';

export const submissions: Operation = {
	value: 'submissions',
	name: 'Get Submissions',
	action: 'Get submission counts of a form',
	description: 'Get how many submissions a form had over time, one item for each span of time',
	fields: [formParameter, periodField],

	execute: forEachItem(async (item) => {
		return await readBuckets(item, 'submissions');
	}),
};
