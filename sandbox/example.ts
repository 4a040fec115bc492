import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialDraft, WorkflowDraft } from './n8n-client';
import { listAt, textAt, valueAt } from './n8n-json';

/** The credentials of the sandbox's own services. */
export function sandboxCredentials(
	tally: { url: string; apiKey: string },
	cleverTap: { url: string; accountId: string; passcode: string },
): { tallyAccountApi: CredentialDraft; cleverTapAccountApi: CredentialDraft } {
	return {
		tallyAccountApi: {
			name: 'Tally account',
			type: 'tallyAccountApi',
			data: { apiKey: tally.apiKey, useGateway: true, baseUrl: tally.url, gatewayConnectionId: '' },
		},
		cleverTapAccountApi: {
			name: 'CleverTap account',
			type: 'cleverTapAccountApi',
			data: {
				accountId: cleverTap.accountId,
				passcode: cleverTap.passcode,
				region: 'custom',
				customHost: cleverTap.url,
			},
		},
	};
}

/** What a person fills in after importing an example. */
export interface Filling {
	formId: string;
	formName: string;
	/** Ids of credentials in n8n, by credential type. */
	credentials: Readonly<Record<string, { id: string; name: string }>>;
	/** IDs of CleverTap's campaigns, by the names of the nodes that send them. */
	campaigns?: Readonly<Record<string, number>>;
}

/** Which type of credential each kind of node needs. */
const wanted: ReadonlyArray<[node: RegExp, credential: string]> = [
	[/\.tally(Trigger)?$/, 'tallyAccountApi'],
	[/\.cleverTap(Tool)?$/, 'cleverTapAccountApi'],
	[/\.emailSend$/, 'smtp'],
	[/\.httpRequest$/, 'httpHeaderAuth'],
	[/\.lmChatOpenAi$/, 'openAiApi'],
];

/** The type of credential that a node of an example needs, if any. */
export function credentialOf(nodeType: string): string | undefined {
	return wanted.find(([pattern]) => pattern.test(nodeType))?.[1];
}

/** An example from `examples/`, with its form, its credentials and its campaigns chosen. */
export async function filledExample(file: string, filling: Filling): Promise<WorkflowDraft> {
	return filledWorkflow(JSON.parse(await readFile(join(__dirname, '..', 'examples', file), 'utf8')), filling);
}

/** A workflow as somebody exported it, with its form and its credentials chosen. */
export function filledWorkflow(example: unknown, filling: Filling): WorkflowDraft {
	const nodes = listAt(example, ['nodes']).map((node) => {
		const type = textAt(node, ['type']);
		const credential = credentialOf(type);
		const chosen = credential === undefined ? undefined : filling.credentials[credential];
		const parameters = valueAt(node, ['parameters']) as Record<string, unknown>;
		const campaign = filling.campaigns?.[textAt(node, ['name'])];
		return {
			...(node as Record<string, unknown>),
			// The editor draws one at import; without it, the address would hold the node's name.
			...(/Trigger$|\.webhook$/.test(type) ? { webhookId: randomUUID() } : {}),
			...(credential && chosen ? { credentials: { [credential]: chosen } } : {}),
			parameters: {
				...parameters,
				...(Object.hasOwn(parameters, 'formId')
					? { formId: { __rl: true, mode: 'list', value: filling.formId, cachedResultName: filling.formName } }
					: {}),
				...(campaign === undefined ? {} : { campaign: { __rl: true, mode: 'id', value: String(campaign) } }),
			},
		};
	});
	return {
		name: textAt(example, ['name']),
		nodes,
		connections: valueAt(example, ['connections']) as Record<string, unknown>,
		settings: valueAt(example, ['settings']) as Record<string, unknown>,
	};
}
