import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { itemIn } from '../common/answers';
import { forEachItem } from '../common/item';
import { periodField, readFigures } from './figures';

export const dropOff: Operation = {
	value: 'dropOff',
	name: 'Get Drop-Off',
	action: 'Get drop-off of a form',
	description: 'Get at which questions respondents of a form stop',
	fields: [formParameter, periodField],

	execute: forEachItem(async (item) => {
		const figures = await readFigures(item, 'drop-off');
		// Tally answers null while there is nothing to tell.
		return itemIn(figures ?? { stats: null, dataAvailableSince: null, data: [] });
	}),
};
