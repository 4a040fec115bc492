import type { INode, INodeTypeDescription } from 'n8n-workflow';
import { filledExample } from '../../sandbox/example';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { listAt } from '../../sandbox/n8n-json';
import { unknownIn } from '../support/unknownParameters';
import { type Examples, files, openExamples, read } from './exampleCases';

jest.setTimeout(180_000);

let examples: Examples;

beforeAll(async () => {
	examples = await openExamples();
}, 300_000);

afterAll(async () => {
	await examples?.close();
});

it('n8n knows every node of the examples, in its version, and every parameter', async () => {
	const types = listAt(
		await examples.sandbox.n8n.client.call('GET', '/types/nodes.json'),
		[],
	) as INodeTypeDescription[];
	const nodes = files.flatMap((file) => listAt(read(file), ['nodes']) as INode[]);
	expect(unknownIn(nodes, types)).toEqual([]);
});

it('no case is of an example that is gone', () => {
	expect(Object.keys(examples.cases).filter((file) => !files.includes(file))).toEqual([]);
});

describe('imported, filled in, published and run', () => {
	it.each(files)('%s', async (file) => {
		const { sandbox, credentials, cases } = examples;
		const { client } = sandbox.n8n;
		const found = cases[file];
		if (!found) throw new Error(`The example ${file} needs a case in this file.`);

		// As pasted into the editor: as it stands in the file.
		const workflowId = await client.createWorkflow(read(file) as WorkflowDraft);
		const filling = { formId: sandbox.tally.formId, formName: 'Feedback', credentials };
		const draft = await filledExample(file, filling);
		await client.updateWorkflow(workflowId, (await found.fillIn?.(draft)) ?? draft);
		await found.before?.();
		await client.publish(workflowId);
		examples.published();
		await found.run(workflowId);
		await client.unpublish(workflowId);

		expect(sandbox.cleverTap.violations()).toEqual([]);
		expect(sandbox.tally.violations()).toEqual([]);
	});
});
