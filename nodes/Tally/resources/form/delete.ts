import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';

export const deleteForm: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete form',
	description: 'Move a form to the trash of Tally. This can’t be undone here; in Tally it can be restored for a while.',
	fields: [formParameter],

	async run(input) {
		const formId = input.form();
		await input.line.call({ method: 'DELETE', path: `/forms/${formId}`, field: 'Form' });
		return [{ deleted: true, formId }];
	},
};
