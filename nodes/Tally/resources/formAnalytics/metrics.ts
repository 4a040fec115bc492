import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { itemIn } from '../common/answers';
import { forEachItem } from '../common/item';
import { periodField, readFigures } from './figures';

export const metrics: Operation = {
	value: 'metrics',
	name: 'Get Metrics',
	action: 'Get metrics of a form',
	description: 'Get visits, submissions and the completion rate of a form',
	fields: [formParameter, periodField],

	execute: forEachItem(async (item) => {
		return itemIn(await readFigures(item, 'metrics'));
	}),
};
