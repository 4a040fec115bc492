import { DataDeduplicationService } from 'n8n-core';
import type { IDataObject, INodeExecutionData, INodeProperties, INodeType, OnError } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { resources as cleverTapResources } from '../../nodes/CleverTap/resources/resources';
import { resources as tallyResources } from '../../nodes/Tally/resources/resources';
import { Tally } from '../../nodes/Tally/Tally.node';
import { foundIn, markupIn, person, secrets, type Person } from '../support/marked';
import { runNode, type NodeResult, type TestCredential } from '../support/engine';
import { faultsOf, refusalsIn200, startFaultyService, type Fault, type FaultyService } from '../support/faultyService';
import { exampleOf, fillIn, inputFor, type Filled, type IsOn } from '../support/filledIn';
import { recordLogs } from '../support/recordedLogs';
import { limitRequestTimeout } from '../support/requestTimeout';
import { usualCleverTapAnswer, usualTallyAnswer } from '../support/usualAnswers';

// Waiting between attempts is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

jest.setTimeout(120_000);

const people = [person(1), person(2)] as const;
const allSecrets = Object.values(secrets);
/** The tokens with which CleverTap reaches a device belong to a profile as raw as it came. */
const butRawOnes = allSecrets.filter((text) => text !== secrets.pushToken);

const limitPatience = limitRequestTimeout();

let tally: FaultyService;
let cleverTap: FaultyService;
/** Where a redirect leads; what arrives there is told to a stranger. */
let elsewhere: FaultyService;

beforeAll(async () => {
	// Every key of Upload Once is new to it.
	await DataDeduplicationService.init({
		checkProcessedAndRecord: (items) => Promise.resolve({ new: items, processed: [] }),
		removeProcessed: () => Promise.resolve(),
		clearAllProcessedItems: () => Promise.resolve(),
		getProcessedDataCount: () => Promise.resolve(0),
	});
	tally = await startFaultyService(usualTallyAnswer);
	cleverTap = await startFaultyService(usualCleverTapAnswer);
	elsewhere = await startFaultyService(() => ({}));
});
afterAll(async () => {
	await Promise.all([tally.close(), cleverTap.close(), elsewhere.close()]);
});

interface Service {
	readonly name: string;
	readonly node: new () => INodeType;
	readonly service: () => FaultyService;
	readonly credential: () => TestCredential;
	readonly faults: () => Fault[];
	readonly operations: ReadonlyArray<
		readonly [resource: string, operation: string, fields: readonly INodeProperties[]]
	>;
}

const services: readonly Service[] = [
	{
		name: 'Tally',
		node: Tally,
		service: () => tally,
		credential: () => ({
			type: new TallyAccountApi(),
			data: { apiKey: secrets.apiKey, baseUrl: tally.url, gatewayConnectionId: secrets.gatewayConnection },
		}),
		faults: () => faultsOf(elsewhere.url),
		operations: tallyResources.flatMap(({ value, operations }) =>
			operations.map((operation) => [value, operation.value, operation.fields] as const),
		),
	},
	{
		name: 'CleverTap',
		node: CleverTap,
		service: () => cleverTap,
		credential: () => ({
			type: new CleverTapAccountApi(),
			data: { accountId: 'TEST-1', passcode: secrets.passcode, region: 'custom', customHost: cleverTap.url },
		}),
		faults: () => [...faultsOf(elsewhere.url), ...refusalsIn200],
		operations: cleverTapResources.flatMap(({ value, operations }) =>
			operations.map((operation) => [value, operation.value, operation.fields] as const),
		),
	},
];

/** What a field that is no free text must hold, so that something is asked of the service. */
const wanted: Readonly<Record<string, unknown>> = {
	campaign: '1695721550',
	campaignName: 'Spring sale',
	eventName: 'Feedback Given',
	form: 'GxdRaQ',
	formId: 'GxdRaQ',
	from: '2026-02-01',
	queryJson: { event_name: 'Feedback Given', from: 20260201, to: 20260203 },
	segmentId: '17',
	sendAt: '2026-02-09T10:00:00',
	timestamp: '2026-02-01T10:00:00Z',
	to: '2026-02-03',
	url: 'https://n8n.example.com/webhook/abc',
	workspaceIds: ['kb3o5R', 'wLd0aB'],
};

/** What a person's item holds for a field: answers, secrets where a secret belongs, else its example. */
function valueFor(who: Person): (field: INodeProperties) => unknown {
	return (field) => {
		const { name, type, description = '' } = field;
		if (name in wanted) return wanted[name];
		if (type === 'options' || type === 'multiOptions' || type === 'number') return field.default;
		if (description.startsWith('Name of the property')) return 'Plan';
		if (name === 'signingSecret') return secrets.signingSecret;
		if (name === 'value' && field.displayName === 'Value' && field.placeholder === undefined)
			return secrets.headerValue;
		if (type === 'json')
			return name === 'blocks'
				? [{ type: 'INPUT_TEXT', text: who.comment }]
				: { Comment: who.comment, name: who.name, type: who.word, Age: who.age };
		if (/^emails?$/.test(name)) return who.email;
		if (name === 'phone') return who.phone;
		if (name === 'name') return who.name;
		if (/Ids?$/.test(name)) return exampleOf(field)?.split(',')[0] ?? 'x1';
		if (/identi|value/i.test(name)) return who.email;
		return who.comment;
	};
}

interface Variant {
	readonly name: string;
	readonly isOn: IsOn;
	/** What must not be in an item. */
	readonly hidden: readonly string[];
}

const asItIsNew: Variant = {
	name: 'as a new node',
	isOn: ({ default: initial }) => initial === true,
	hidden: allSecrets,
};
/** Everything but what the user must ask for: secrets, links, and an answer as raw as it came. */
const reversed: Variant = {
	name: 'with its switches the other way round',
	isOn: ({ name, default: initial }) => !/^include(Secrets|Links)$/.test(name) && initial !== true,
	hidden: butRawOnes,
};

interface Task {
	readonly service: Service;
	readonly resource: string;
	readonly operation: string;
	readonly fields: readonly INodeProperties[];
	readonly variant: Variant;
	readonly onError?: OnError;
	/** What the field at a path holds instead of what belongs there. */
	readonly misfit?: { readonly path: string; readonly value: (who: Person) => unknown };
}

async function run({ service, resource, operation, fields, variant, onError, misfit }: Task): Promise<NodeResult> {
	const { parameters, filled } = fillIn(fields, variant.isOn, misfit !== undefined);
	const items: INodeExecutionData[] = people.map((who) => {
		const values = inputFor(filled, valueFor(who));
		return { json: misfit ? { input: { ...values, [misfit.path]: misfit.value(who) as string } } : { input: values } };
	});
	return await runNode({
		node: new service.node(),
		parameters: { resource, operation, ...parameters },
		items,
		credential: service.credential(),
		onError,
	});
}

/** What got out of a run that must not have, in words; nothing if all is well. */
function leaks({ run: { data }, outputs }: NodeResult, heard: unknown[][], hidden: readonly string[]): string[] {
	const everybody = people.flatMap(({ marks }) => [...marks]);
	const errors = [
		data.resultData.error,
		...Object.values(data.resultData.runData)
			.flat()
			.map(({ error }) => error),
	];
	const items = outputs.flat();
	const strangers = items.flatMap(({ json, pairedItem }) => {
		const own = typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : undefined;
		return foundIn(
			json,
			people.flatMap(({ marks }, index) => (index === own ? [] : [...marks])),
		);
	});
	return [
		...foundIn(errors, [...allSecrets, ...everybody]).map((text) => `error: ${text}`),
		...markupIn(errors).map((text) => `not plain: ${JSON.stringify(text)}`),
		...foundIn(heard, [...allSecrets, ...everybody]).map((text) => `log: ${text}`),
		...foundIn(
			items.map(({ json }) => withoutInput(json)),
			hidden,
		).map((text) => `item: ${text}`),
		...strangers.map((text) => `item of somebody else: ${text}`),
		...foundIn(elsewhere.requests, [...allSecrets, ...everybody]).map((text) => `elsewhere: ${text}`),
	];
}

/** Whether a field takes no name: errors tell these, so that they can be found. */
function isNoName({ field: { name, description = '' } }: Filled): boolean {
	return name !== 'eventName' && name !== 'campaignName' && !description.startsWith('Name of the property');
}

/** An item without what came in: n8n puts that beside the error of a failed item. */
function withoutInput(json: IDataObject): IDataObject {
	return Object.fromEntries<IDataObject[string]>(Object.entries(json).filter(([name]) => name !== 'input'));
}

describe.each(services)('$name', (service) => {
	describe.each(service.operations)('%s: %s', (resource, operation, fields) => {
		const task = (variant: Variant, more: Partial<Task> = {}): Task => ({
			service,
			resource,
			operation,
			fields,
			variant,
			...more,
		});
		let heard: unknown[][];
		beforeEach(() => {
			heard = recordLogs();
			elsewhere.restart();
		});

		/** How many requests it makes when all goes well. */
		async function length(variant: Variant): Promise<number> {
			service.service().restart();
			const result = await run(task(variant));
			expect(result.error).toBeUndefined();
			expect(service.service().requests.length).toBeGreaterThan(0);
			expect(leaks(result, heard, variant.hidden)).toEqual([]);
			return service.service().requests.length;
		}

		it.each([asItIsNew, reversed])('tells no secret when all goes well, $name', async (variant) => {
			await length(variant);
		});

		it('tells no secret and no answer, whatever goes wrong', async () => {
			const found: string[] = [];
			const requests = Math.min(await length(reversed), 4);
			for (const [index, fault] of service.faults().entries()) {
				limitPatience(fault.isSilent ? 20 : Infinity);
				for (let from = 1; from <= requests; from++) {
					// The words are the same, whether they stop the run or go on with the item.
					const onError = (index + from) % 2 === 0 ? 'continueErrorOutput' : undefined;
					service.service().restart(fault, from);
					heard.length = 0;
					elsewhere.restart();
					const result = await run(task(reversed, { onError }));
					const where = `${fault.name}, request ${from}, ${onError ?? 'stop'}`;
					found.push(...leaks(result, heard, butRawOnes).map((leak) => `${where}: ${leak}`));
				}
			}
			limitPatience(Infinity);
			expect(found).toEqual([]);
		});

		const misfits = fillIn(fields, reversed.isOn, true).filled.filter(isNoName);
		if (misfits.length === 0) return;

		it('tells no answer that was mapped to where it does not belong', async () => {
			const found: string[] = [];
			service.service().restart();
			for (const { path } of misfits) {
				for (const value of [
					({ comment }: Person) => comment,
					({ name, email, phone, comment }: Person) => ({ name, email, phone, comment }),
					({ age }: Person) => age,
					({ word }: Person) => word,
				]) {
					heard.length = 0;
					const result = await run(task(reversed, { misfit: { path, value } }));
					found.push(...leaks(result, heard, butRawOnes).map((leak) => `${path}: ${leak}`));
				}
			}
			expect(found).toEqual([]);
		});
	});
});
