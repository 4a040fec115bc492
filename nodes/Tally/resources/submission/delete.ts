import { submissionIdField } from '../../fields/submission';
import { formParameter } from '../../forms/parameter';
import type { Operation } from '../../operation';

export const deleteSubmission: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete submission',
	description: 'Delete a submission permanently. This can’t be undone.',
	fields: [formParameter, submissionIdField],

	async run(input) {
		const formId = input.form();
		const submissionId = input.id('submissionId', 'Submission ID');
		await input.line.call({
			method: 'DELETE',
			path: `/forms/${formId}/submissions/${submissionId}`,
			field: 'Submission ID',
		});
		return [{ deleted: true, submissionId, formId }];
	},
};
