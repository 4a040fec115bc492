import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';

const folder = join(__dirname, '..', 'fixtures', '1.0.0');

/** A node of a workflow that was made with 1.0.0. */
export interface Kept extends INode {
	readonly parameters: INodeParameters & { readonly resource: string; readonly operation: string };
}

/** What a node asked for and put out then. */
export interface Recorded {
	readonly requests: unknown[];
	readonly outputs: unknown[];
}

/** One node of each kind. */
export function nodesOf(service: 'clevertap' | 'tally'): Kept[] {
	return (JSON.parse(readFileSync(join(folder, `${service}.json`), 'utf8')) as { nodes: Kept[] }).nodes;
}

/**
 * A test for each node, that it does what it did. With RECORD=1, in a checkout of 1.0.0, the record is written anew.
 *
 * @param asText as text, whose order counts, too
 */
export function testAsRecorded(
	service: 'clevertap' | 'tally',
	nodes: readonly Kept[],
	run: (node: Kept) => Promise<Recorded>,
	asText: (found: Recorded | undefined) => string,
): void {
	const file = join(folder, `${service}.recorded.json`);
	if (process.env.RECORD === '1') {
		it('is recorded', async () => {
			const all: Record<string, Recorded> = {};
			for (const node of nodes) all[node.name] = await run(node);
			writeFileSync(file, `${JSON.stringify(all, null, '\t')}\n`);
		});
		return;
	}
	const recorded = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Recorded>;
	it.each(nodes.map((node) => [node.name, node] as const))('%s: does what it did', async (name, node) => {
		expect(asText(await run(node))).toBe(asText(recorded[name]));
	});
}
