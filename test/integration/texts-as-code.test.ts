import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INodeListSearchItems, INodeParameters } from 'n8n-workflow';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { getProfileProperties } from '../../nodes/CleverTap/listSearch/profileProperties';
import { searchEvents } from '../../nodes/CleverTap/listSearch/schemaNames';
import { searchProfileProperties } from '../../nodes/CleverTap/listSearch/schemaNames';
import { STANDARD_PROPERTIES } from '../../nodes/CleverTap/properties/names';
import { Tally } from '../../nodes/Tally/Tally.node';
import { signatureOf } from '../../nodes/Tally/trigger/signature';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { TallyTriggerV1_2 } from '../../nodes/Tally/trigger/TallyTriggerV1_2';
import { bodyWith, bytesOf, choices } from '../nodes/Tally/deliveries';
import { runNode, type NodeResult } from '../support/engine';
import { scriptCleverTap, type ScriptedCleverTap } from '../support/scriptedCleverTap';
import { startFaultyService } from '../support/faultyService';
import { TriggerLife } from '../support/triggerLife';

/** What becomes of the process if any of the texts is run as code. */
const scars = globalThis as { hurt?: unknown };

/** Texts that mean something to n8n's expressions, to JavaScript, or to a browser. */
const hostile = [
	'={{ 1 + 1 }}',
	'={{ $env.PATH }}',
	'={{ $("Nowhere").item.json.x }}',
	'={{ (function () { globalThis.hurt = 1; return 7 * 6 })() }}',
	'={{ [].constructor.constructor("globalThis.hurt = 1")() }}',
	'{{ 1 + 1 }}',
	'a {{ $json.answers }} b',
	'=',
	'="x"',
	'$json["email"]',
	'${globalThis.hurt = 1}',
	'"] }}{{ globalThis.hurt = 1 }}{{ $json["',
	"'] }}{{ globalThis.hurt = 1 }}{{ $json['",
	'\\"] }}',
	'<img src=x onerror="globalThis.hurt = 1">',
	'</script><script>globalThis.hurt = 1</script>',
	'javascript:globalThis.hurt=1',
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'\u2028={{ 2 + 2 }}',
	'line\n={{ 1 + 1 }}',
] as const;

let cleverTap: ScriptedCleverTap;

beforeEach(async () => {
	cleverTap = await scriptCleverTap(({ body }) => {
		const { d } = body as { d: unknown[] };
		return { body: { status: 'success', processed: d.length, unprocessed: [] } };
	});
});
afterEach(async () => {
	await cleverTap.close();
	expect(scars.hurt).toBeUndefined();
	expect(Object.keys(Object.prototype)).toEqual([]);
});

/** The trigger's item of a submission in which everything that people or form makers write is hostile. */
async function submitted(): Promise<IDataObject> {
	const life = new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'id', value: 'GxdRaQ' }, options: {} },
		credential: { type: new TallyAccountApi(), data: { apiKey: 'tly-test', baseUrl: 'https://api.tally.so' } },
	});
	life.store({ webhookId: 'w1', formId: 'GxdRaQ', secret: 'secret' });
	const fields = hostile.flatMap((text, index) => [
		{ key: `question_t${index}`, label: text, type: 'INPUT_TEXT', value: text },
		{ key: `question_h${index}_u`, label: text, type: 'HIDDEN_FIELDS', value: text },
	]);
	const picked = choices(...hostile);
	const list = {
		key: 'question_list',
		label: 'Picked',
		type: 'MULTI_SELECT',
		value: picked.map(({ id }) => id),
		options: picked,
	};
	const matrix = {
		key: 'question_matrix',
		label: 'Matrix',
		type: 'MATRIX',
		rows: picked,
		columns: picked,
		value: Object.fromEntries(picked.map(({ id }) => [id, [id]])),
	};
	const rawBody = bytesOf(bodyWith([...fields, list, matrix], { formName: hostile[2] }));
	const { outcome } = await life.receive({ rawBody, headers: { 'tally-signature': signatureOf(rawBody, 'secret') } });
	return outcome.workflowData?.[0]?.[0]?.json ?? {};
}

/** Runs the CleverTap node for one item, and gives what CleverTap got of it. */
async function uploaded(
	json: IDataObject,
	parameters: INodeParameters,
): Promise<
	NodeResult & { record: { evtName?: string; identity?: string; evtData: Record<string, unknown> } | undefined }
> {
	const result = await runNode({
		node: new CleverTap(),
		parameters: {
			resource: 'event',
			operation: 'upload',
			identifyBy: 'identity',
			identifier: '={{ $json.respondentId }}',
			eventName: { __rl: true, mode: 'name', value: 'Feedback Given' },
			options: {},
			...parameters,
		},
		items: [{ json }],
		credential: cleverTap.credential,
	});
	const body = cleverTap.seen.at(-1)?.body as
		{ d: Array<{ evtName: string; identity: string; evtData: Record<string, unknown> }> } | undefined;
	return { ...result, record: body?.d[0] };
}

const dragged = (name: string, value: string) => ({
	assignments: [{ id: '1', name, value, type: 'string' }],
});

describe('The trigger', () => {
	it('outputs every text as it was written, under names that are ordinary keys', async () => {
		const item = await submitted();
		expect(item.formName).toBe(hostile[2]);
		const { answers, hidden } = item as { answers: Record<string, unknown>; hidden: Record<string, unknown> };
		for (const text of hostile) {
			for (const part of [answers, hidden]) {
				expect(Object.getOwnPropertyDescriptor(part, text.trim())?.value).toBe(text);
			}
		}
		expect(answers.Picked).toEqual(hostile);
		expect(Object.entries(answers.Matrix as object)).toEqual(hostile.map((text) => [text.trim(), text]));
	});

	it('shows nothing of a form in its panel, and answers Tally with nothing of a run', () => {
		const { description } = new TallyTrigger().getNodeType();
		const shown = JSON.stringify([
			description.triggerPanel,
			description.activationMessage,
			description.eventTriggerDescription,
		]);
		expect(shown).not.toMatch(/\{\{|\$parameter|\$json/);
		expect(description.webhooks?.[0]).toMatchObject({ responseData: 'noData' });
	});
});

describe('The way from the trigger to CleverTap', () => {
	it.each(hostile)('carries the answer %j as it is, dragged in as n8n writes it', async (text) => {
		const json: IDataObject = { ...(await submitted()), answers: { Comment: text } };
		for (const expression of [
			'={{ $json.answers.Comment }}',
			'={{ $json.answers["Comment"] }}',
			"={{ $json['answers']['Comment'] }}",
		]) {
			const { error, record } = await uploaded(json, { properties: dragged('Comment', expression) });
			expect(error).toBeUndefined();
			expect(record?.evtData).toEqual({ Comment: text });
		}
	});

	it.each(hostile.filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text)))(
		'finds the answer to the question %j by its text',
		async (text) => {
			const json = await submitted();
			const { error, record } = await uploaded(json, {
				properties: dragged('Comment', `={{ $json.hidden[${JSON.stringify(text)}] }}`),
			});
			// n8n's own engine does not take every text inside an expression; then it says so.
			if (error === undefined) expect(record?.evtData).toEqual({ Comment: text });
			else expect(record).toBeUndefined();
		},
	);

	it.each(['__proto__', 'constructor', 'prototype'])('gets at nothing but an answer by the name %s', async (name) => {
		for (const json of [await submitted(), { respondentId: 'aB3xYz', hidden: {} }]) {
			for (const expression of [`={{ $json.hidden["${name}"] }}`, `={{ $json.hidden.${name} }}`]) {
				const before = cleverTap.seen.length;
				await uploaded(json, { properties: dragged('Comment', expression) });
				for (const { body } of cleverTap.seen.slice(before)) {
					const [record] = (body as { d: Array<{ evtData: object }> }).d;
					expect([{}, { Comment: name }]).toContainEqual(record?.evtData);
				}
			}
		}
	});

	it('sends every field of an item under its own name, with its own value', async () => {
		const json = await submitted();
		const { error, record } = await uploaded(json, { propertiesMode: 'input' });
		expect(error).toBeUndefined();
		const values = Object.entries(record?.evtData ?? {}).filter(([name]) => !/^(?:Picked|Matrix)/.test(name));
		expect(values.map(([, value]) => value)).toEqual([...hostile, ...hostile]);
		expect(values.map(([name]) => name)).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'toString']));
	});

	it.each(hostile)('takes %j for identifier and event name as it is', async (text) => {
		const { record } = await uploaded(
			{ who: text, what: text },
			{
				identifier: '={{ $json.who }}',
				eventName: { __rl: true, mode: 'name', value: '={{ $json.what }}' },
				propertiesMode: 'json',
				propertiesJson: '{}',
			},
		);
		if (record === undefined) return;
		expect(record.identity).toBe(text.trim());
		// Without what CleverTap does not take in a name.
		expect(text.replace(/[^\p{L}]/gu, '')).toBe(record.evtName?.replace(/[^\p{L}]/gu, ''));
	});

	it('takes JSON from an answer as values, never as a prototype', async () => {
		const { record } = await uploaded(
			{ who: 'ada', json: '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}, "a": 1}' },
			{ identifier: '={{ $json.who }}', propertiesMode: 'json', propertiesJson: '={{ $json.json }}' },
		);
		expect(record?.evtData).toEqual({ '__proto__ - polluted': 1, 'constructor - prototype - polluted': 2, a: 1 });
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});
});

describe('A name chosen from a list', () => {
	/** What n8n keeps in the node when somebody picks an entry. */
	const chosen = ({ name, value, url }: INodeListSearchItems) => ({
		__rl: true,
		mode: 'list',
		value,
		cachedResultName: name,
		...(url === undefined ? {} : { cachedResultUrl: url }),
	});

	it('is never evaluated, be it the name of a form, a question or a person, or a webhook’s address', async () => {
		const entries = hostile.map((text, index) => ({ id: `Id${index}`, name: text, formId: `Id${index}`, url: text }));
		const tally = await startFaultyService(({ method, path }) =>
			method === 'DELETE'
				? undefined
				: /\/(?:folders|users|invites)$/.test(path)
					? entries.map((entry) => ({ ...entry, fullName: entry.name, email: entry.name }))
					: path.endsWith('/questions')
						? { questions: entries.map((entry) => ({ ...entry, title: entry.name })) }
						: /^\/(?:forms|workspaces|webhooks)\?/.test(path)
							? { items: entries, webhooks: entries, hasMore: false }
							: { id: path.split('/').at(-1), events: [] },
		);
		const node = new Tally();
		const credential = {
			type: new TallyAccountApi(),
			data: { apiKey: 'tly-test', baseUrl: tally.url, gatewayConnectionId: '' },
		};
		const life = new TriggerLife({ node, parameters: {}, credential });
		const lists = [
			['formId', 'searchForms', { resource: 'form', operation: 'get' }],
			['workspaceId', 'searchWorkspaces', { resource: 'workspace', operation: 'get' }],
			['webhookId', 'searchWebhooks', { resource: 'webhook', operation: 'delete' }],
			['folderId', 'searchFolders', { resource: 'folder', operation: 'delete', workspaceId: 'Id0' }],
			['questionId', 'searchQuestions', { resource: 'question', operation: 'update', formId: 'Id0', title: 'T' }],
			['userId', 'searchUsers', { resource: 'organizationUser', operation: 'delete', organizationId: 'Id0' }],
			['inviteId', 'searchInvites', { resource: 'invite', operation: 'delete', organizationId: 'Id0' }],
		] as const;
		for (const [parameter, method, operation] of lists) {
			const context = life.inContext(
				(workflow, trigger, data) =>
					new LoadOptionsContext(workflow, trigger, { ...data, currentNodeParameters: operation }, parameter),
			);
			const { results } = await node.methods.listSearch[method].call(context);
			expect(results).toHaveLength(hostile.length);
			for (const entry of results) {
				const { error } = await runNode({
					node,
					parameters: { ...operation, [parameter]: chosen(entry) },
					items: [{ json: {} }],
					credential,
				});
				expect(error).toBeUndefined();
				expect(tally.requests.at(-1)?.path).toMatch(new RegExp(`/${String(entry.value)}$`));
				for (const kept of Object.values(chosen(entry))) expect(String(kept)).not.toMatch(/^=/);
			}
		}
		await tally.close();
	});

	it('is not offered where it would be evaluated: names of events and properties in CleverTap', async () => {
		const names = hostile.map((name) => ({ name }));
		const schema = await startFaultyService(() => ({ events: names, userProperties: names }));
		const { type, data } = cleverTap.credential;
		const life = new TriggerLife({
			node: new CleverTap(),
			parameters: {},
			credential: {
				type: { name: type.name, authenticate: (_credentials, request) => Promise.resolve(request) },
				data: { ...data, customHost: schema.url },
			},
		});
		const context = life.inContext(
			(workflow, trigger, more) => new LoadOptionsContext(workflow, trigger, more, 'eventName'),
		);
		for (const search of [searchEvents, searchProfileProperties]) {
			const { results } = await search.call(context);
			expect(results.map(({ value }) => value).sort()).toEqual(hostile.filter((text) => !text.startsWith('=')).sort());
		}
		const { fields } = await getProfileProperties.call(context);
		const own = fields.slice(STANDARD_PROPERTIES.length);
		expect(own.map(({ id }) => id).sort()).toEqual(hostile.filter((text) => !text.startsWith('=')).sort());
		for (const { displayName } of own) expect(displayName).not.toMatch(/[<>]/);
		await schema.close();
	});

	it('shows itself under the trigger as it is', async () => {
		const tally = await startFaultyService(() => ({
			items: hostile.map((name, index) => ({ id: `Id${index}`, name })),
			hasMore: false,
		}));
		const node = new TallyTriggerV1_2(new TallyTrigger().description);
		const credential = {
			type: new TallyAccountApi(),
			data: { apiKey: 'tly-test', baseUrl: tally.url, gatewayConnectionId: '' },
		};
		const life = new TriggerLife({ node, parameters: {}, credential });
		const list = life.inContext((workflow, trigger, data) => new LoadOptionsContext(workflow, trigger, data, 'formId'));
		const { results } = await node.methods.listSearch.searchForms.call(list);
		for (const entry of results) {
			life.parameters = { formId: chosen(entry) };
			const subtitle = life.inContext((workflow, trigger) =>
				workflow.expression.getSimpleParameterValue(trigger, node.description.subtitle, 'internal', {}),
			);
			expect(subtitle).toBe(entry.name);
		}
		await tally.close();
	});
});
