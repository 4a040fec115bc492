import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { itemIn } from '../common/answers';
import { forEachItem } from '../common/item';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get form',
	description: 'Get one form with its settings and blocks',
	fields: [formParameter],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const path = `/forms/${formId}`;
		return itemIn(await item.client.call({ method: 'GET', path, expects: { member: 'id' }, chosen: { Form: formId } }));
	}),
};
