import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';

import { CleverTap } from '../../../nodes/CleverTap/CleverTap.node';
import { resources } from '../../../nodes/CleverTap/resources/resources';

const { description } = new CleverTap();

/** The names that a user sees once these parameters are chosen. */
function shown(parameters: INode['parameters'], typeVersion: number): string[] {
	const node: INode = {
		id: '1',
		name: 'n',
		type: 'cleverTap',
		typeVersion,
		position: [0, 0],
		parameters:
			NodeHelpers.getNodeParameters(description.properties, parameters, true, false, { typeVersion }, description) ??
			{},
	};
	return description.properties
		.filter((property: INodeProperties) => NodeHelpers.displayParameter(node.parameters, property, node, description))
		.map(({ name }) => name);
}

describe('the node’s description', () => {
	it.each([
		[
			{ resource: 'profile', operation: 'upsert', propertiesMode: 'fields' },
			[
				'resource',
				'operation',
				'identifyBy',
				'identifier',
				'propertiesMode',
				'draggedNotice',
				'properties',
				'changes',
				'timestamp',
				'options',
			],
		],
		[
			{ resource: 'event', operation: 'upload' },
			[
				'resource',
				'operation',
				'identifyBy',
				'identifier',
				'eventName',
				'propertiesMode',
				'draggedNotice',
				'properties',
				'timestamp',
				'updateProfile',
				'options',
			],
		],
		[
			{ resource: 'event', operation: 'upload', propertiesMode: 'json' },
			[
				'resource',
				'operation',
				'identifyBy',
				'identifier',
				'eventName',
				'propertiesMode',
				'propertiesJson',
				'timestamp',
				'updateProfile',
				'options',
			],
		],
		[
			{ resource: 'profile', operation: 'get' },
			['resource', 'operation', 'identifyBy', 'identifier', 'simplify', 'options'],
		],
		[
			{ resource: 'profile', operation: 'getAll' },
			[
				'resource',
				'operation',
				'queryMode',
				'eventName',
				'from',
				'to',
				'filters',
				'returnAll',
				'limit',
				'simplify',
				'options',
			],
		],
		[
			{ resource: 'event', operation: 'getAll', queryMode: 'json', returnAll: true },
			['resource', 'operation', 'queryMode', 'queryJson', 'returnAll', 'simplify', 'options'],
		],
		[
			{ resource: 'event', operation: 'count' },
			['resource', 'operation', 'queryMode', 'eventName', 'from', 'to', 'filters', 'options'],
		],
		[{ resource: 'profile', operation: 'delete' }, ['resource', 'operation', 'identifyBy', 'identifier']],
		[{ resource: 'profile', operation: 'demerge' }, ['resource', 'operation', 'identifier']],
		[{ resource: 'profile', operation: 'subscribe' }, ['resource', 'operation', 'channel', 'value', 'status']],
		[{ resource: 'profile', operation: 'disassociate' }, ['resource', 'operation', 'phone']],
	])('shows for %j what it asks for', (parameters, names) => {
		expect(shown(parameters, 1)).toEqual(names);
		// Days belong to an event; version 1 shows them without one, too.
		const isWithoutEvent = parameters.resource === 'profile' && names.includes('from');
		expect(shown(parameters, 2)).toEqual(names.filter((name) => !isWithoutEvent || !['from', 'to'].includes(name)));
	});

	it('shows days for profiles once an event is chosen', () => {
		const eventName = { __rl: true, mode: 'list', value: 'Charged' };
		expect(shown({ resource: 'profile', operation: 'count', eventName }, 2)).toEqual(
			expect.arrayContaining(['eventName', 'from', 'to']),
		);
	});

	it('maps the properties of profiles from version 2 on, and offers no names for those of events', () => {
		const ways = (resource: string) =>
			description.properties
				.filter(
					({ name, displayOptions }) => name === 'propertiesMode' && displayOptions?.show?.resource?.includes(resource),
				)
				.map(({ default: usual, options = [], displayOptions }) => [
					displayOptions?.show?.['@version'],
					usual,
					options.flatMap((option) => ('value' in option ? [option.value] : [])),
				]);
		expect(ways('profile')).toEqual([
			[[1], 'fields', ['input', 'fields', 'json']],
			[[2], 'map', ['input', 'fields', 'json', 'map']],
		]);
		const start = ['resource', 'operation', 'identifyBy', 'identifier', 'propertiesMode'];
		const end = ['changes', 'timestamp', 'options'];
		const upsert = { resource: 'profile', operation: 'upsert' };
		expect(shown(upsert, 1)).toEqual([...start, 'draggedNotice', 'properties', ...end]);
		expect(shown(upsert, 2)).toEqual([...start, 'propertiesMap', 'listedNotice', 'properties', ...end]);
		expect(ways('event')).toEqual([[undefined, 'fields', ['input', 'fields', 'json']]]);
	});

	it('starts every resource with what it is mostly for, and lists its operations by name', () => {
		const selectors = description.properties.filter(({ name }) => name === 'operation');
		expect(selectors.map(({ default: first }) => first)).toEqual([
			'trigger',
			'upload',
			'upsert',
			'getMessages',
			'addProfiles',
		]);
		for (const { operations } of resources) {
			const names = operations.map(({ name }) => name);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	/** The field of an operation, as the editor knows it. */
	const field = (resource: string, operation: string, name: string) =>
		description.properties.find(
			({ name: own, displayOptions: { show = {} } = {} }) =>
				own === name && show.resource?.includes(resource) && show.operation?.includes(operation),
		);
	const namesIn = (resource: string, operation: string) =>
		field(resource, operation, 'options')?.options?.map(({ name }) => name);

	it('offers what makes sense for an upload of either kind', () => {
		const common = [
			'dryRun',
			'batchSize',
			'concurrency',
			'dateProperties',
			'includeFileLinks',
			'includeRecord',
			'listSeparator',
			'matchStandardProperties',
			'output',
		];
		expect(namesIn('profile', 'upsert')).toEqual([...common, 'onBadStandardProperty', 'onTooLong']);
		expect(namesIn('event', 'upload')).toEqual([
			...common,
			'remember',
			'unconfirmedEvents',
			'uploadOnceKey',
			'onBadStandardProperty',
			'onTooLong',
		]);
	});

	it('offers to leave out what is not valid from version 2 on', () => {
		const option = field('profile', 'upsert', 'options')?.options?.find(({ name }) => name === 'onBadStandardProperty');
		expect(option).toMatchObject({ default: 'refuse', displayOptions: { show: { '@version': [2] } } });
		expect([description.version, description.defaultVersion]).toEqual([[1, 2], 2]);
	});

	it('offers what makes sense for a read of either kind', () => {
		expect(namesIn('profile', 'count')).toEqual(['maxWait']);
		expect(namesIn('event', 'count')).toEqual(['maxWait']);
		expect(namesIn('profile', 'getAll')).toEqual(['batchSize', 'maxWait']);
		expect(namesIn('event', 'getAll')).toEqual(['batchSize', 'identity', 'maxWait']);
	});

	it('wants an event and its days where events are read, and filters by what is usual', () => {
		for (const name of ['eventName', 'from', 'to']) {
			expect(field('event', 'getAll', name)?.required).toBe(true);
			expect(field('profile', 'getAll', name)?.required).toBeUndefined();
		}
		const usual = (resource: string) =>
			JSON.stringify(field(resource, 'getAll', 'filters')).match(/"name":"of","type":"options","default":"(\w+)"/)?.[1];
		expect([usual('event'), usual('profile')]).toEqual(['event_properties', 'profile_fields']);
	});

	it('asks for resource and operation first: at an expression n8n stops looking and shows the field', () => {
		const fields = description.properties.filter(({ displayOptions }) => displayOptions?.show?.operation !== undefined);
		expect(fields.length).toBeGreaterThan(0);
		for (const { displayOptions } of fields) {
			expect(Object.keys(displayOptions?.show ?? {}).slice(0, 2)).toEqual(['resource', 'operation']);
		}
	});

	it('offers each resource by its name', () => {
		expect(description.properties[0]?.options).toEqual(
			resources.map(({ name, value, description: text }) => ({ name, value, description: text })),
		);
	});

	it('starts with a profile', () => {
		expect(shown({}, 2).slice(0, 3)).toEqual(['resource', 'operation', 'identifyBy']);
		expect(description.properties[0]?.default).toBe('profile');
	});

	it('offers every operation once, each with an action and a description', () => {
		const operations = resources.flatMap((resource) => resource.operations);
		const selectors = description.properties.filter(({ name }) => name === 'operation');
		expect(selectors.flatMap(({ options }) => options ?? [])).toEqual(
			operations.map(({ value, name, action, description: text }) => ({ value, name, action, description: text })),
		);
	});
});
