import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { forEachItem } from '../common/item';
import { periodField, readBuckets } from './figures';

export const visits: Operation = {
	value: 'visits',
	name: 'Get Visits',
	action: 'Get visits of a form',
	description: 'Get the visits of a form over time, one item for each span of time',
	fields: [formParameter, periodField],

	execute: forEachItem(async (item) => {
		return await readBuckets(item, 'visits');
	}),
};
