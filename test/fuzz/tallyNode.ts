import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IExecuteFunctions, IHttpRequestOptions, INode, INodeExecutionData } from 'n8n-workflow';
import { parse } from 'yaml';

import { dispatch } from '../../nodes/shared/dispatch';
import { resources } from '../../nodes/Tally/resources/resources';
import type { TallyRun } from '../support/tallyRun';
import type { HttpReply } from './replies';
import { wrongInOutput, wrongWith } from './wrong';

export const API_KEY = 'tly-never-shown';
export const ORIGIN = 'https://api.tally.so';

export const node: INode = {
	id: 'n1',
	name: 'Tally',
	type: 'n8n-nodes-tally-clevertap.tally',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const form = { formId: byId('GxdRaQ') };
const workspace = { workspaceId: byId('wksA7p1') };
const webhook = { webhookId: byId('wQ1k7w') };

/** Every operation of the node, some of them in several ways. */
export const runs: readonly TallyRun[] = [
	{ resource: 'account', operation: 'get' },
	{ resource: 'block', operation: 'getAll', ...form },
	{ resource: 'block', operation: 'update', ...form, blocks: '[{"uuid":"b1"}]' },
	{ resource: 'folder', operation: 'create', ...workspace, name: 'Old' },
	{ resource: 'folder', operation: 'delete', ...workspace, folderId: 'f1' },
	{ resource: 'folder', operation: 'getAll', ...workspace, returnAll: true },
	{ resource: 'folder', operation: 'update', ...workspace, folderId: 'f1', updateFields: { name: 'Older' } },
	{ resource: 'form', operation: 'create', name: 'Survey' },
	{ resource: 'form', operation: 'delete', ...form },
	{ resource: 'form', operation: 'get', ...form },
	{ resource: 'form', operation: 'getAll', returnAll: true },
	{
		resource: 'form',
		operation: 'getEmbedCode',
		...form,
		embedAs: 'fullPage',
		hiddenFields: {
			field: [
				{
					name: { __rl: true, mode: 'name', value: 'utm_source' },
					valueIs: 'template',
					template: '{{ Profile.Identity }}',
				},
			],
		},
	},
	{ resource: 'form', operation: 'update', ...form, updateFields: { name: 'Surveys' } },
	...['dimensions', 'dropOff', 'metrics', 'submissions', 'visits'].map((operation) => ({
		resource: 'formAnalytics',
		operation,
		...form,
		period: '7d',
	})),
	{ resource: 'invite', operation: 'create', emails: 'a@example.com', workspaceIds: 'wksA7p1' },
	{ resource: 'invite', operation: 'delete', inviteId: 'i1' },
	{ resource: 'invite', operation: 'getAll', returnAll: true },
	{ resource: 'organizationUser', operation: 'delete', userId: 'u2' },
	{ resource: 'organizationUser', operation: 'getAll', limit: 5 },
	{ resource: 'question', operation: 'getAll', ...form, returnAll: true, simplify: true },
	{ resource: 'question', operation: 'getAll', ...form, limit: 3, filters: { includeDeleted: true } },
	{ resource: 'question', operation: 'update', ...form, questionId: 'question_EKOE2N', title: 'Source' },
	{ resource: 'submission', operation: 'delete', ...form, submissionId: 's1' },
	{
		resource: 'submission',
		operation: 'get',
		...form,
		submissionId: 's1',
		simplify: true,
		options: { includeUnanswered: true },
	},
	{ resource: 'submission', operation: 'get', ...form, submissionId: 's1' },
	{
		resource: 'submission',
		operation: 'getAll',
		...form,
		returnAll: true,
		simplify: true,
		options: { answerKeys: 'key' },
	},
	{ resource: 'submission', operation: 'getAll', ...form, limit: 2, filters: { afterId: 's0', status: 'all' } },
	{ resource: 'webhook', operation: 'create', ...form, url: 'https://n8n.example.com/webhook/a' },
	{ resource: 'webhook', operation: 'delete', ...webhook },
	{ resource: 'webhook', operation: 'getDeliveries', ...webhook, returnAll: true, simplify: true },
	{ resource: 'webhook', operation: 'getDeliveries', ...webhook, limit: 3, filters: { status: ['FAILED'] } },
	{ resource: 'webhook', operation: 'getAll', returnAll: true },
	{
		resource: 'webhook',
		operation: 'getAll',
		limit: 5,
		filters: { form: 'GxdRaQ' },
		options: { includeSecrets: true },
	},
	{ resource: 'webhook', operation: 'redeliver', ...form, scope: 'form', returnAll: true },
	{
		resource: 'webhook',
		operation: 'redeliver',
		scope: 'all',
		limit: 3,
		filters: { from: '2026-01-01', addressContains: 'http' },
	},
	{
		resource: 'webhook',
		operation: 'redeliver',
		...webhook,
		scope: 'webhook',
		returnAll: true,
		options: { waitForOutcome: 4 },
	},
	{ resource: 'webhook', operation: 'update', ...webhook, updateFields: { isEnabled: true } },
	{ resource: 'workspace', operation: 'create', name: 'Shop' },
	{ resource: 'workspace', operation: 'delete', ...workspace },
	{ resource: 'workspace', operation: 'get', ...workspace },
	{ resource: 'workspace', operation: 'getAll', returnAll: true },
	{ resource: 'workspace', operation: 'update', ...workspace, name: 'Shops' },
];

/** Where n8n stands, as far as the node asks for it. */
export function contextOf(
	parameters: TallyRun,
	answer: (request: IHttpRequestOptions) => Promise<HttpReply>,
	onError: INode['onError'] = undefined,
	typeVersion = 1,
): IExecuteFunctions {
	const partial = {
		getNode: () => ({ ...node, onError, typeVersion }),
		addExecutionHints: () => undefined,
		getInputData: (): INodeExecutionData[] => [{ json: {} }],
		getNodeParameter: (name: string, _item: number, fallback: unknown) => parameters[name] ?? fallback,
		getCredentials: () => Promise.resolve({ apiKey: API_KEY, baseUrl: ORIGIN, gatewayConnectionId: '' }),
		getMode: () => 'trigger',
		getTimezone: () => 'Europe/Brussels',
		getRestApiUrl: () => 'https://n8n.example.com/rest',
		getExecutionCancelSignal: () => undefined,
		getCurrentNodeParameter: (name: string) => parameters[name],
		continueOnFail: () => onError !== undefined,
		logger: { warn: () => undefined },
		helpers: {
			httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) => await answer(request),
		},
	};
	return partial as unknown as IExecuteFunctions;
}

const description = parse(readFileSync(join(__dirname, '../../sandbox/openapi/tally.yaml'), 'utf8')) as {
	paths: Record<string, Record<string, unknown>>;
};

/** Every call of Tally's API, such as `GET /forms/{formId}`, after what its path looks like. */
const calls: ReadonlyArray<readonly [RegExp, string]> = Object.entries(description.paths).flatMap(([path, methods]) =>
	['get', 'post', 'patch', 'delete']
		.filter((method) => method in methods)
		.map((method) => {
			const name = `${method.toUpperCase()} ${path}`;
			return [new RegExp(`^${name.replace(/\{\w+\}/g, '[A-Za-z0-9_-]+')}$`), name] as const;
		}),
);

/** Which call of Tally's API a request is once it arrives; nothing where it is none, or not Tally's. */
export function callOf({ method, url }: IHttpRequestOptions): string | undefined {
	const { origin, pathname } = new URL(url);
	const request = `${method ?? ''} ${pathname}`;
	return origin === ORIGIN ? calls.find(([pattern]) => pattern.test(request))?.[1] : undefined;
}

/** Runs one operation and says what is wrong, be it with what it gave or with what it threw. */
export async function wrongInRun(context: IExecuteFunctions): Promise<string[]> {
	let output: INodeExecutionData[][];
	try {
		output = await dispatch(context, resources);
	} catch (error) {
		return wrongWith(error, API_KEY);
	}
	return wrongInOutput(output);
}
