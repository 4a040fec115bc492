import type { INodeParameters, INodeType } from 'n8n-workflow';

import { sendBare } from '../bareLoop';
import { cleverTapCredential, outputOf } from '../engineRun';
import { sendWithClient } from '../officialClient';
import { loadNode } from '../package';
import {
	computedParameters,
	customerItems,
	customerRecords,
	type Mapping,
	mappedParameters,
	uploadParameters,
} from '../profiles';
import { interleave, type Rounds, type Taken, timed } from '../rounds';
import { note, work } from './child';
import type { Received } from './cleverTap';

/** Who can be measured; the readers send nothing. */
export type Uploader =
	| 'ours, paths'
	| 'ours, expressions'
	| 'version 2, fields'
	| 'version 2, mapped'
	| 'bare loop'
	| 'official client'
	| 'n8n reads paths'
	| 'n8n reads expressions'
	| 'n8n computes expressions';

export interface UploadTask extends Rounds {
	/** Folder of the unpacked package. */
	readonly folder: string;
	readonly origin: string;
	readonly size: number;
	readonly uploaders: readonly Uploader[];
}

/** Uploads with the node in n8n's own engine, and in the other ways, in turns. */
work(async ({ folder, origin, size, uploaders, ...rounds }: UploadTask): Promise<Record<Uploader, Taken[]>> => {
	const items = customerItems(size);
	const records = customerRecords(items);
	const node = loadNode(folder, 'CleverTap/CleverTap');
	const credential = cleverTapCredential(folder, origin);

	const uploads = (parameters: INodeParameters, typeVersion?: number) => async () => {
		const output = await outputOf(node, parameters, items, credential, typeVersion);
		if (output.length !== size) throw new Error(`${output.length} items came out of ${size}`);
	};
	const reads = (names: readonly string[], mapping: Mapping) => async () =>
		await outputOf(reading(node, names), uploadParameters(mapping), items, credential);
	const contenders: Record<Uploader, () => Promise<unknown>> = {
		'ours, paths': uploads(uploadParameters('paths')),
		'ours, expressions': uploads(uploadParameters('expressions')),
		'version 2, fields': uploads(uploadParameters('paths'), 2),
		'version 2, mapped': uploads(mappedParameters(), 2),
		'bare loop': async () => await sendBare(size, (from, to) => records.slice(from, to), origin),
		'official client': async () => await sendWithClient(records, origin),
		'n8n reads paths': reads(wholeParameters, 'paths'),
		'n8n reads expressions': reads(wholeParameters, 'expressions'),
		'n8n computes expressions': reads(computedParameters, 'expressions'),
	};

	const timedOnes = Object.fromEntries(
		uploaders.map((name) => [name, timed(checked(name, contenders[name], origin, size))]),
	) as Record<Uploader, () => Promise<Taken>>;
	return await interleave(timedOnes, rounds, (done, of) => note(`${done} of ${of}`));
});

/** The parameters that the upload reads for each item. */
const wholeParameters = ['identifyBy', 'identifier', 'propertiesMode', 'properties', 'changes', 'timestamp'];

/** A node that does nothing but read parameters of every item, the way n8n's own nodes do. */
function reading(like: INodeType, names: readonly string[]): INodeType {
	return {
		description: like.description,
		execute() {
			this.getInputData().forEach((_, item) => {
				for (const name of names) this.getNodeParameter(name, item, '');
			});
			return Promise.resolve([[]]);
		},
	};
}

/** Makes sure that the server got what it should, no more and no less. */
function checked(name: Uploader, run: () => Promise<unknown>, origin: string, size: number): () => Promise<void> {
	const expected = name.startsWith('n8n') ? 0 : size;
	return async () => {
		await run();
		const response = await fetch(`${origin}/received`);
		const { records } = (await response.json()) as Received;
		if (records !== expected) throw new Error(`${name}: ${records} of ${expected} records arrived`);
	};
}
