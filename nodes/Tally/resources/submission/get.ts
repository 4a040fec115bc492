import { simplifyField } from '../../fields/results';
import { readItemOptions } from '../../fields/itemOptions';
import { itemOptions, submissionIdField } from '../../fields/submission';
import { formParameter } from '../../forms/parameter';
import { isRecord } from '../../narrowing';
import type { Operation } from '../../operation';
import { formShape } from '../../run/form';
import { itemFromRest, rawFromRest } from '../../submission/fromRest';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get submission',
	description: 'Get one submission of a form, in the shape in which the Tally Trigger outputs it',
	fields: [formParameter, submissionIdField, simplifyField, itemOptions],

	async run(input) {
		const formId = input.form();
		const submissionId = input.id('submissionId', 'Submission ID');
		const options = readItemOptions(input.collection('options'));
		const body = await input.line.call({
			method: 'GET',
			path: `/forms/${formId}/submissions/${submissionId}`,
			field: 'Submission ID',
		});
		const { submission, questions } = isRecord(body) ? body : {};
		if (!isRecord(submission)) {
			throw input.wrong('Tally answered without a submission', 'Check the base URL in the Tally credential.');
		}
		if (!input.isOn('simplify')) return [rawFromRest(submission, options)];
		const form = await formShape(input.line, formId);
		return [itemFromRest(submission, questions, formId, form, options)];
	},
};
