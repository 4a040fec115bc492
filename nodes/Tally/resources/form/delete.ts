import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { forEachItem } from '../common/item';

export const deleteForm: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete form',
	description: 'Move a form to the trash of Tally. This can’t be undone here; in Tally it can be restored for a while.',
	fields: [formParameter],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		await item.client.call({
			method: 'DELETE',
			path: `/forms/${formId}`,
			expects: 'nothing',
			chosen: { Form: formId },
		});
		return [{ deleted: true, formId }];
	}),
};
