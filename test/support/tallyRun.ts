import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeExecutionData, OnError } from 'n8n-workflow';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { Tally } from '../../nodes/Tally/Tally.node';
import type { LocalTally } from '../../sandbox/tally/tally';
import { runNode, type NodeResult } from './engine';

export interface TallyRun {
	readonly resource: string;
	readonly operation: string;
	readonly [parameter: string]: unknown;
}

/** How a form parameter looks when a form was chosen by its ID. */
export function byId(value: string): { __rl: true; mode: 'id'; value: string } {
	return { __rl: true, mode: 'id', value };
}

/** Runs one operation of the Tally node in n8n's engine against a local Tally. */
export async function runTally(
	tally: Pick<LocalTally, 'url' | 'apiKey'>,
	parameters: TallyRun,
	items: INodeExecutionData[] = [{ json: {} }],
	more: { typeVersion?: number; onError?: OnError; credential?: Record<string, string>; n8nUrl?: string } = {},
): Promise<NodeResult> {
	return await runNode({
		node: new Tally(),
		typeVersion: more.typeVersion,
		parameters: parameters as never,
		items,
		credential: {
			type: new TallyAccountApi(),
			data: { apiKey: tally.apiKey, baseUrl: tally.url, gatewayConnectionId: '', ...more.credential },
		},
		onError: more.onError,
		n8nUrl: more.n8nUrl,
	});
}

/** The items of a run that must succeed. */
export async function itemsOf(
	tally: Pick<LocalTally, 'url' | 'apiKey'>,
	parameters: TallyRun,
	items?: INodeExecutionData[],
	typeVersion?: number,
): Promise<Array<Record<string, unknown>>> {
	const { outputs, error } = await runTally(tally, parameters, items, { typeVersion });
	if (error !== undefined) throw new Error(`${error.message}: ${error.description ?? ''}`);
	return (outputs[0] ?? []).map(({ json }) => json);
}

/** The fields that the editor offers for an operation before it has run. */
export function describedKeys(resource: string, operation: string, version = '1.0.0'): string[] {
	const file = join(__dirname, `../../nodes/Tally/__schema__/v${version}`, resource, `${operation}.json`);
	const schema = JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
	return Object.keys(schema.properties);
}
