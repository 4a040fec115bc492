import type { INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { runNode, type TestCredential } from '../test/support/engine';
import { loadCredential } from './package';

export function cleverTapCredential(folder: string, origin: string): TestCredential {
	return {
		type: loadCredential(folder, 'CleverTapAccountApi') as TestCredential['type'],
		data: { accountId: 'BENCH', passcode: 'bench', region: 'custom', customHost: origin },
	};
}

export function tallyCredential(folder: string, origin: string): TestCredential {
	return {
		type: loadCredential(folder, 'TallyAccountApi') as TestCredential['type'],
		data: { apiKey: 'bench', baseUrl: origin, gatewayConnectionId: '' },
	};
}

/**
 * Runs a node in n8n's own engine and returns its first output.
 *
 * @throws Error if it did not succeed: what failed has no figure.
 */
export async function outputOf(
	node: INodeType,
	parameters: INodeParameters,
	items: INodeExecutionData[],
	credential: TestCredential,
	typeVersion = 1,
): Promise<INodeExecutionData[]> {
	const { status, outputs, error } = await runNode({ node, typeVersion, parameters, items, credential });
	if (status !== 'success') throw new Error(error?.message ?? status);
	return outputs[0] ?? [];
}
