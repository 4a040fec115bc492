import { dispatch } from '../../../nodes/shared/dispatch';
import type { Operation, Resource } from '../../../nodes/shared/operation';
import { fakeNode } from '../../support/fakeNode';

const operation = (value: string, tells: string): Operation => ({
	value,
	name: value,
	action: value,
	description: value,
	fields: [],
	execute(context) {
		return Promise.resolve([{ json: { tells, items: context.getInputData().length } }]);
	},
});
const one = operation('get', 'one');
const two = operation('get', 'two');
const resources: Resource[] = [
	{ value: 'a', name: 'A', description: 'A', first: one, operations: [operation('count', 'other'), one] },
	{ value: 'b', name: 'B', description: 'B', first: two, operations: [two] },
];
const run = (resource: unknown, chosen: unknown) =>
	dispatch(fakeNode({ parameters: { resource, operation: chosen }, items: [{}, {}] }), resources);

it('runs the operation of the resource that the node names, as the node', async () => {
	expect(await run('a', 'get')).toEqual([[{ json: { tells: 'one', items: 2 } }]]);
	expect(await run('b', 'get')).toEqual([[{ json: { tells: 'two', items: 2 } }]]);
});

it.each([
	['b', 'count'],
	['c', 'get'],
	['a', ''],
])('knows no %j %j', async (resource, chosen) => {
	await expect(run(resource, chosen)).rejects.toMatchObject({
		message: `This node has no operation "${chosen}" for "${resource}"`,
		description: 'Choose both again from the lists in the node.',
	});
});
