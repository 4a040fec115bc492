import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { itemIn } from '../common/answers';
import { forEachItem } from '../common/item';
import { periodField, readFigures } from './figures';

export const dimensions: Operation = {
	value: 'dimensions',
	name: 'Get Dimensions',
	action: 'Get dimensions of a form',
	description:
		'Get where visitors of a form come from and what they use: source, browser, system, device, country and city',
	fields: [formParameter, periodField],

	execute: forEachItem(async (item) => {
		return itemIn(await readFigures(item, 'dimensions'));
	}),
};
