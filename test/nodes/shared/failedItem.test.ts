import type { INodeExecutionData, OnError } from 'n8n-workflow';

import { failedItem } from '../../../nodes/shared/failedItem';
import { fakeNode } from '../../support/fakeNode';

const said = { error: '515: Email is not valid.', details: { advice: 'Check the Email.' } };

describe('an item that failed', () => {
	const failed = (onError: OnError): INodeExecutionData =>
		failedItem(fakeNode({ items: [{ in: 0 }, { in: 1 }], onError }), 1, said);

	it('goes on with the fields of its input where there is one output, as no failed item', () => {
		const item = failed('continueRegularOutput');
		expect(item).toEqual({ json: { in: 1, ...said }, pairedItem: { item: 1 } });
		expect(item.error).toBeUndefined();
	});

	it('has nothing in its JSON but the names by which n8n 2.41 knows it', () => {
		expect(failed('continueErrorOutput')).toEqual({ json: said, pairedItem: { item: 1 } });
	});

	it('has the error by which an older n8n knows it, but not in the copy that n8n then makes', () => {
		const item = failed('continueErrorOutput');
		expect(item.error).toEqual({ message: said.error });
		expect({ ...item }).not.toHaveProperty('error');
	});
});
