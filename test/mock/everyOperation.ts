import type { INodeProperties, INodeType } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { resources as cleverTapResources } from '../../nodes/CleverTap/resources/resources';
import { resources as tallyResources } from '../../nodes/Tally/resources/resources';
import { Tally } from '../../nodes/Tally/Tally.node';
import { runNode, type NodeResult, type TestCredential } from '../support/engine';
import { exampleOf, fillIn, inputFor } from '../support/filledIn';
import type { Service } from './openApiServer';

export type Operation = readonly [resource: string, operation: string, fields: readonly INodeProperties[]];

/** A node with everything that it can do. */
export interface Subject {
	readonly service: Service;
	readonly node: new () => INodeType;
	/** A credential for the service at an address. */
	readonly credential: (url: string) => TestCredential;
	readonly operations: readonly Operation[];
}

const uuid = '00000000-0000-4000-8000-000000000001';

/** What a field must hold, so that something is asked of the service. */
const wanted: Readonly<Record<string, unknown>> = {
	addressContains: 'example.com',
	campaign: '1695721550',
	blocks: [{ uuid, groupUuid: uuid, type: 'INPUT_TEXT', groupType: 'INPUT_TEXT', payload: {} }],
	emails: 'ann@example.com',
	eventName: 'Feedback Given',
	form: 'dWPQOr',
	formId: 'dWPQOr',
	from: '2026-02-01',
	phone: '+14155550123',
	queryJson: { event_name: 'Feedback Given', from: 20260201, to: 20260203 },
	segmentId: '17',
	sendAt: '2026-02-09T10:00:00',
	timestamp: '2026-02-01T10:00:00Z',
	to: '2026-02-03',
	url: 'https://n8n.example.com/webhook/abc',
	webhookId: 'wQ1k7w',
	workspaceIds: ['kb3o5R', 'wLd0aB'],
};

function valueFor(field: INodeProperties): unknown {
	const { name, type, description = '' } = field;
	if (name in wanted) return wanted[name];
	if (type === 'options' || type === 'multiOptions' || type === 'number') return field.default;
	if (description.startsWith('Name of the property')) return 'Plan';
	if (type === 'json') return { Comment: 'Good', Name: 'Ann' };
	if (/Ids?$/.test(name)) return exampleOf(field)?.split(',')[0] ?? 'x1';
	if (/identi|value|email/i.test(name)) return 'ann@example.com';
	return 'Good';
}

const operationsOf = (
	resources: ReadonlyArray<{
		value: string;
		operations: ReadonlyArray<{ value: string; fields: readonly INodeProperties[] }>;
	}>,
): Operation[] =>
	resources.flatMap(({ value, operations }) =>
		operations.map((operation) => [value, operation.value, operation.fields] as const),
	);

/** Both nodes. */
export const subjects: readonly Subject[] = [
	{
		service: 'tally',
		node: Tally,
		credential: (url) => ({
			type: new TallyAccountApi(),
			data: { apiKey: 'tly-mock', baseUrl: url, gatewayConnectionId: '' },
		}),
		operations: operationsOf(tallyResources),
	},
	{
		service: 'clevertap',
		node: CleverTap,
		credential: (url) => ({
			type: new CleverTapAccountApi(),
			data: { accountId: 'TEST-1', passcode: 'sesame', region: 'custom', customHost: url },
		}),
		operations: operationsOf(cleverTapResources),
	},
];

/**
 * Runs an operation for one item in n8n's engine, with every field filled in from the item. An item
 * that fails goes to the error output.
 *
 * @param isReversed whether the switches are the other way round than in a new node
 */
export async function runOperation(
	{ node, credential }: Subject,
	[resource, operation, fields]: Operation,
	url: string,
	isReversed = false,
): Promise<NodeResult> {
	const { parameters, filled } = fillIn(fields, ({ default: initial }) => (initial === true) !== isReversed);
	return await runNode({
		node: new node(),
		parameters: { resource, operation, ...parameters },
		items: [{ json: { input: inputFor(filled, valueFor) } }],
		credential: credential(url),
		onError: 'continueErrorOutput',
	});
}

/** What went wrong in a run, in the words that the user sees. */
export function errorsOf({ error, outputs }: NodeResult): string[] {
	return [error, ...(outputs.at(-1) ?? []).map(({ json }) => json.error)].flatMap((found) => {
		if (found === undefined || found === null) return [];
		return typeof found === 'string' ? [found] : [JSON.stringify(found)];
	});
}
