import { readFileSync } from 'node:fs';
import type { INodeType } from 'n8n-workflow';

import { sendBare } from '../bareLoop';
import { cleverTapCredential, outputOf } from '../engineRun';
import { loadNode } from '../package';
import { customerItems, customerRecords, uploadParameters } from '../profiles';
import { work } from './child';
import type { Received } from './cleverTap';

export interface MemoryTask {
	/** Folder of the unpacked package. */
	readonly folder: string;
	readonly origin: string;
	readonly size: number;
	/** Which node the items go through: ours, a bare loop in a node's place, or one that does nothing. */
	readonly by: 'ours' | 'bare loop' | 'nothing';
}

/** All in bytes. */
export interface MemoryUse {
	/** The most that the process had in memory. */
	readonly peak: number;
	/** What the input items take. */
	readonly items: number;
	/** What was sent, as JSON. */
	readonly sent: number;
}

work(async ({ folder, origin, size, by }: MemoryTask): Promise<MemoryUse> => {
	const node = loadNode(folder, 'CleverTap/CleverTap');
	const nodes: Record<MemoryTask['by'], INodeType> = {
		ours: node,
		'bare loop': bareLoop(node, origin),
		nothing: { description: node.description, execute: () => Promise.resolve([[]]) },
	};
	const credential = cleverTapCredential(folder, origin);
	const before = heap();
	const items = customerItems(size);
	const itemsSize = heap() - before;
	await outputOf(nodes[by], uploadParameters('paths'), items, credential);
	const peak = peakOfProcess();
	const response = await fetch(`${origin}/received`);
	const { bytes } = (await response.json()) as Received;
	return { peak, items: itemsSize, sent: bytes };
});

/** The least that such a node can do: records of a request at a time, and an item out for each one in. */
function bareLoop(like: INodeType, origin: string): INodeType {
	return {
		description: like.description,
		async execute() {
			const items = this.getInputData();
			await sendBare(items.length, (from, to) => customerRecords(items.slice(from, to)), origin);
			return [items.map((_, item) => ({ json: { status: 'accepted' }, pairedItem: { item } }))];
		},
	};
}

function heap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}

/** In bytes; what Linux knows as the high-water mark of the resident set. */
function peakOfProcess(): number {
	const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
	return (found === null ? process.resourceUsage().maxRSS : Number(found[1])) * 1024;
}
