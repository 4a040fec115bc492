import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';

import { resources } from '../../../nodes/Tally/resources/resources';
import tallyCodex from '../../../nodes/Tally/Tally.node.json';
import { Tally } from '../../../nodes/Tally/Tally.node';
import triggerCodex from '../../../nodes/Tally/TallyTrigger.node.json';
import { TallyTrigger } from '../../../nodes/Tally/TallyTrigger.node';
import { name as packageName } from '../../../package.json';

const { description } = new Tally();

/** The names that a user sees once these parameters are chosen. */
function shown(parameters: INode['parameters']): string[] {
	const node: INode = {
		id: '1',
		name: 'n',
		type: 'tally',
		typeVersion: 1,
		position: [0, 0],
		parameters:
			NodeHelpers.getNodeParameters(description.properties, parameters, true, false, { typeVersion: 1 }, description) ??
			{},
	};
	return description.properties
		.filter((property: INodeProperties) => NodeHelpers.displayParameter(node.parameters, property, node, description))
		.map(({ name }) => name);
}

it.each<[INode['parameters'], string[]]>([
	[{}, ['formId', 'returnAll', 'limit', 'simplify', 'filters', 'options']],
	[{ resource: 'submission', operation: 'get' }, ['formId', 'submissionId', 'simplify', 'options']],
	[{ resource: 'webhook', operation: 'redeliver' }, ['scope', 'formId', 'returnAll', 'limit', 'filters', 'options']],
	[
		{ resource: 'webhook', operation: 'redeliver', scope: 'webhook', returnAll: true },
		['scope', 'webhookId', 'returnAll', 'filters', 'options'],
	],
	[
		{ resource: 'webhook', operation: 'redeliver', scope: 'all' },
		['scope', 'returnAll', 'limit', 'filters', 'options'],
	],
	[{ resource: 'account', operation: 'get' }, []],
])('shows for %j what it asks for', (parameters, names) => {
	expect(shown(parameters)).toEqual(['resource', 'operation', ...names]);
});

it('offers every operation once, each with an action and a description', () => {
	const selectors = description.properties.filter(({ name }) => name === 'operation');
	expect(selectors.flatMap(({ options }) => options ?? [])).toEqual(
		resources
			.flatMap((resource) => resource.operations)
			.map(({ value, name, action, description: text }) => ({ value, name, action, description: text })),
	);
	for (const { operations, first } of resources) {
		expect(operations).toContain(first);
		expect(new Set(operations.map(({ value }) => value)).size).toBe(operations.length);
	}
});

it('uses the names that exported workflows depend on', () => {
	const named = resources.map(({ value, operations }) => [value, operations.map((operation) => operation.value)]);
	expect(Object.fromEntries(named)).toEqual({
		account: ['get'],
		block: ['getAll', 'update'],
		folder: ['create', 'delete', 'getAll', 'update'],
		form: ['create', 'delete', 'get', 'getEmbedCode', 'getAll', 'update'],
		formAnalytics: ['dimensions', 'dropOff', 'metrics', 'submissions', 'visits'],
		invite: ['create', 'delete', 'getAll'],
		organizationUser: ['delete', 'getAll'],
		question: ['getAll', 'update'],
		submission: ['delete', 'get', 'getAll'],
		webhook: ['create', 'delete', 'getDeliveries', 'getAll', 'redeliver', 'update'],
		workspace: ['create', 'delete', 'get', 'getAll', 'update'],
	});
});

it('warns of what can’t be undone', () => {
	const deleting = resources.flatMap(({ operations }) => operations).filter(({ value }) => value === 'delete');
	expect(deleting).toHaveLength(7);
	for (const operation of deleting) expect(operation.description).toContain('can’t be undone');
	expect(description.usableAsTool).toBe(true);
});

it('the panel of n8n lists what the trigger starts on', () => {
	const { properties } = new TallyTrigger().getNodeType().description;
	// By this label n8n finds them.
	const events = properties.find(({ displayName }) => displayName === 'Events');
	expect(events?.options?.map((option) => 'action' in option && option.action)).toEqual([
		'On abandoned submission',
		'On form submission',
	]);
});

it.each([
	{ ...new Tally(), codex: tallyCodex },
	{ ...new TallyTrigger().getNodeType(), codex: triggerCodex },
])(
	'the codex of $description.displayName is of its newest version, in a category that n8n has',
	({ description: { name, version }, codex }) => {
		expect(codex).toMatchObject({
			node: `${packageName}.${name}`,
			nodeVersion: Math.max(...[version].flat()).toFixed(1),
			categories: ['Marketing & Content'],
		});
	},
);
