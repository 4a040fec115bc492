import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ILoadOptionsFunctions, type INode, NodeHelpers } from 'n8n-workflow';

import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { Tally } from '../../nodes/Tally/Tally.node';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { name as packageName } from '../../package.json';
import { unknownParameters } from '../support/unknownParameters';

interface Workflow {
	name: string;
	nodes: INode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
	settings: unknown;
	pinData: unknown;
}

const root = join(__dirname, '..', '..');
const files = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(join(root, 'examples', file), 'utf8')) as Workflow;
const isNote = ({ type }: INode) => type === 'n8n-nodes-base.stickyNote';

const ours = [new CleverTap(), new Tally(), new TallyTrigger().getNodeType()].flatMap(({ description }) => [
	description,
	// The node as an agent's tool: n8n makes this one itself.
	{
		...description,
		name: `${description.name}Tool`,
		properties: [
			{ displayName: 'Tool Description', name: 'descriptionType', type: 'options' as const, default: 'auto' },
			{ displayName: 'Description', name: 'toolDescription', type: 'string' as const, default: '' },
			...description.properties,
		],
	},
]);

it('their README lists every one, and none that is gone', () => {
	const readme = readFileSync(join(root, 'examples', 'README.md'), 'utf8');
	const listed = [...readme.matchAll(/^- \[[^\]]+\]\(([^)]+)\)/gm)].map(([, file]) => file);
	expect(listed.sort()).toEqual([...files].sort());
});

it('no two nodes share an ID, in whichever examples', () => {
	const ids = files.flatMap((file) => read(file).nodes.map(({ id }) => id));
	expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it('what they map to CleverTap’s properties is shown as in a node that was just made', async () => {
	const nobody = { getNode: () => ({}), getCredentials: () => Promise.reject(new Error('no credential')) };
	const { fields } = await new CleverTap().methods.resourceMapping.getProfileProperties.call(
		nobody as unknown as ILoadOptionsFunctions,
	);
	const maps = files.flatMap((file) => read(file).nodes.flatMap(({ parameters }) => parameters.propertiesMap ?? []));
	expect(maps.length).toBeGreaterThan(0);
	for (const map of maps) expect(map).toMatchObject({ mappingMode: 'defineBelow', schema: fields });
});

describe.each(files)('%s', (file) => {
	const workflow = read(file);
	const { nodes } = workflow;
	const names = nodes.map(({ name }) => name);
	const steps = nodes.filter((node) => !isNote(node));

	it('is an export that belongs to nobody', () => {
		expect(Object.keys(workflow).sort()).toEqual(['connections', 'name', 'nodes', 'pinData', 'settings']);
		expect(workflow).toMatchObject({ settings: { executionOrder: 'v1' }, pinData: {} });
		for (const node of nodes) {
			expect(node.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
			expect(node).not.toHaveProperty('credentials');
			expect(node).not.toHaveProperty('webhookId');
		}
	});

	it('has one note, which says what to change, step by step', () => {
		const notes = nodes.filter(isNote).map(({ parameters }) => parameters.content);
		expect(notes).toEqual([expect.stringMatching(/^## .+\n[^]+\n\n1\. [^]+\n2\. /)]);
	});

	it('is laid out inside its note, no node on another', () => {
		const [note] = nodes.filter(isNote);
		const [left = 0, top = 0] = note?.position ?? [];
		const { width, height } = note?.parameters as { width: number; height: number };
		for (const { name, position } of steps) {
			const [x, y] = [position[0] - left, position[1] - top];
			expect([name, x >= 40 && x <= width - 140, y >= 40 && y <= height - 140]).toEqual([name, true, true]);
			const close = steps.filter(
				(other) => Math.abs(other.position[0] - position[0]) < 150 && Math.abs(other.position[1] - position[1]) < 130,
			);
			expect(close.map((other) => other.name)).toEqual([name]);
		}
	});

	it('connects every node, and only nodes that are there', () => {
		expect(new Set(names).size).toBe(names.length);
		const ends = Object.entries(workflow.connections).flatMap(([from, byType]) => [
			from,
			...Object.values(byType).flatMap((outputs) => outputs.flat().map(({ node }) => node)),
		]);
		expect([...new Set(ends)].sort()).toEqual(steps.map(({ name }) => name).sort());
		const meant = [...JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);
		expect(meant.filter((name) => !names.includes(String(name)))).toEqual([]);
	});

	it('gives our nodes only parameters that they have, and leaves open only the form and campaigns', () => {
		const known = steps.filter(({ type }) => type.startsWith(`${packageName}.`));
		expect(known.length).toBeGreaterThan(0);
		for (const node of known) {
			const description = ours.find(({ name }) => node.type === `${packageName}.${name}`);
			if (!description) throw new Error(`The package has no node ${node.type}`);
			expect(unknownParameters(node, description)).toEqual([]);
			const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
			expect(Object.keys(issues?.parameters ?? {}).filter((name) => !['formId', 'campaign'].includes(name))).toEqual(
				[],
			);
		}
	});
});
