import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { simplifyField } from '../../../shared/parameters/resultFields';
import { formParameter } from '../../form/parameter';
import { itemFromRest, rawFromRest } from '../../submission/fromRest';
import { formShape } from '../common/formShape';
import { forEachItem } from '../common/item';
import { itemOptions, restItemOptions, submissionParameter } from './fields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get submission',
	description: 'Get one submission of a form, in the shape in which the Tally Trigger outputs it',
	fields: [formParameter, submissionParameter, simplifyField, itemOptions],

	execute: forEachItem(async (item) => {
		const formId = item.form();
		const submissionId = item.id('submissionId', 'Submission');
		const options = restItemOptions(item);
		const isSimplified = item.isOn('simplify', 'Simplify');
		const body = await item.client.call({
			method: 'GET',
			path: `/forms/${formId}/submissions/${submissionId}`,
			expects: { member: 'submission' },
			chosen: { Submission: submissionId },
		});
		const { submission, questions } = isRecord(body) ? body : {};
		if (!isRecord(submission)) {
			throw new ItemError('Tally answered without a submission', 'Check the base URL in the Tally credential.');
		}
		if (!isSimplified) return [rawFromRest(submission, options)];
		const form = await formShape(item.client, formId);
		return [itemFromRest(submission, questions, formId, form, options)];
	}),
};
