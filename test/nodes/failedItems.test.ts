import type { IExecuteFunctions, INodeExecutionData, OnError } from 'n8n-workflow';

import { failedItems as ofCleverTap } from '../../nodes/CleverTap/failedItems';
import { failedItems as ofTally } from '../../nodes/Tally/run/failedItems';
import { fakeNode } from '../support/fakeNode';

const said = { error: '515: Email is not valid.', details: { advice: 'Check the Email.' } };

describe.each<[string, (context: IExecuteFunctions) => ReturnType<typeof ofTally>]>([
	['CleverTap', (context) => ofCleverTap.call(context)],
	['Tally', ofTally],
])('an item that failed in the node %s', (_node, failedItems) => {
	const failed = (onError: OnError): INodeExecutionData =>
		failedItems(fakeNode({ items: [{ in: 0 }, { in: 1 }], onError }))(1, said);

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
