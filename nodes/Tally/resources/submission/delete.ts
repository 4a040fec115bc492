import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { forEachItem } from '../common/item';
import { submissionIdField } from './fields';

export const deleteSubmission: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete submission',
	description: 'Delete a submission permanently. This can’t be undone.',
	fields: [formParameter, submissionIdField],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const submissionId = item.id('submissionId', 'Submission ID');
		await item.client.call({
			method: 'DELETE',
			path: `/forms/${formId}/submissions/${submissionId}`,
			expects: 'nothing',
			field: 'Submission ID',
		});
		return [{ deleted: true, submissionId, formId }];
	}),
};
