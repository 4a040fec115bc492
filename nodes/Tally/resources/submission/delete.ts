import type { Operation } from '../../../shared/operation';
import { formParameter } from '../../form/parameter';
import { forEachItem } from '../common/item';
import { submissionParameter } from './fields';

export const deleteSubmission: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete submission',
	description: 'Delete a submission permanently. This can’t be undone.',
	fields: [formParameter, submissionParameter],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const submissionId = item.id('submissionId', 'Submission');
		await item.client.call({
			method: 'DELETE',
			path: `/forms/${formId}/submissions/${submissionId}`,
			expects: 'nothing',
			chosen: { Submission: submissionId },
		});
		return [{ deleted: true, submissionId, formId }];
	}),
};
