import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { assignmentsReader } from '../../nodes/CleverTap/parameters/assignments';
import { parameterReader } from '../../nodes/shared/parameters/reader';
import { runNode } from '../support/engine';
import { seeded, timeoutMs } from '../support/fuzz';

const MAX_PARAMETERS = 6;
const USUAL_RUNS = 300;

/** A value, or that asking for it failed. */
function attempt(read: () => unknown): IDataObject | string {
	try {
		return { value: (read() ?? null) as IDataObject };
	} catch {
		return 'failed';
	}
}

/** A node that reads each of its parameters twice: by our reader, and by n8n's engine. */
const probe: INodeType = {
	description: {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Probe' },
		inputs: ['main'],
		outputs: ['main'],
		// n8n forgets parameters that no property describes.
		properties: [
			...Array.from({ length: MAX_PARAMETERS }, (_, index) => ({
				displayName: `P${index}`,
				name: `p${index}`,
				type: 'string' as const,
				default: '',
			})),
			{ displayName: 'Fields', name: 'fields', type: 'assignmentCollection', default: {} },
		],
	},
	execute(this: IExecuteFunctions) {
		const names = Object.keys(this.getNode().parameters).filter((name) => name !== 'fields');
		const readers = names.map((name) => parameterReader(this, name, ''));
		const fields = assignmentsReader(this, 'fields');
		return Promise.resolve([
			this.getInputData().map((_, item) => {
				const ours = names.map((_name, index) => attempt(() => readers[index]?.(item)));
				const theirs = names.map((name) => attempt(() => this.getNodeParameter(name, item, '')));
				const both = {
					fields: attempt(() => fields(item).map(({ name, value, type }) => ({ name, value, type }))),
					engine: attempt(
						() => (this.getNodeParameter('fields', item, {}) as { assignments?: unknown }).assignments ?? [],
					),
				};
				const found: IDataObject = { ours, theirs, both };
				return { json: found, pairedItem: { item } };
			}),
		]);
	},
};

const key = fc.oneof(
	fc.constantFrom('__proto__', 'constructor', 'then', 'toJSON', '\u2028', 'ключ', '7', '01', '-1', '1e3', ''),
	fc.constantFrom('email', 'answers', 'Your name', "What's up?", 'a.b', '0', 'length', 'toString', '$x', 'größe'),
	fc.string({ maxLength: 6 }),
);
const json = fc.dictionary(
	key,
	fc.oneof(
		fc.jsonValue({ maxDepth: 2 }),
		fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
		fc.constantFrom('=1+1', '={{ 1 }}', '{{ $json }}'),
	),
	{ maxKeys: 5 },
) as fc.Arbitrary<IDataObject>;

const step = fc.oneof(
	key.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name)).map((name) => `.${name}`),
	key.map((name) => `[${JSON.stringify(name)}]`),
	key.filter((name) => !/['\\\n\r]/.test(name)).map((name) => `['${name}']`),
	fc.nat({ max: 3 }).map((index) => `[${index}]`),
);
const expression = fc.oneof(
	fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => `={{ $json${steps.join('')} }}`),
	fc.array(step, { minLength: 1, maxLength: 2 }).map((steps) => `=Dear {{ $json${steps.join('')} }}`),
	fc.string().map((text) => text.replace(/^=+/, '')),
	fc.constantFrom(5, true, '={{ $json.email?.toUpperCase() }}', '={{ $itemIndex }}'),
);

it(
	'Random parameters are read as n8n’s engine reads them, for every item',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(json, { minLength: 1, maxLength: 3 }),
				fc.array(expression, { minLength: 1, maxLength: MAX_PARAMETERS }),
				async (items, expressions) => {
					const assignments = expressions.map((value, index) => ({
						id: String(index),
						name: `n${index}`,
						value,
						type: 'string',
					}));
					const { outputs, status } = await runNode({
						node: probe,
						parameters: {
							...Object.fromEntries(expressions.map((value, index) => [`p${index}`, value])),
							fields: { assignments },
						},
						items: items.map((item, index) => ({ json: item, pairedItem: { item: index } })),
						credential: { type: new CleverTapAccountApi(), data: {} },
					});
					expect(status).toBe('success');
					expect(outputs[0]).toHaveLength(items.length);
					for (const { json: found } of outputs[0] ?? []) {
						expect(found.ours).toHaveLength(MAX_PARAMETERS);
						expect(found.ours).toEqual(found.theirs);
						const { fields, engine } = found.both as Record<string, { value?: Array<Record<string, unknown>> }>;
						if (Array.isArray(engine?.value)) {
							expect(fields?.value).toEqual(engine.value.map(({ name, value, type }) => ({ name, value, type })));
						}
					}
				},
			),
			seeded(USUAL_RUNS),
		);
	},
	timeoutMs(USUAL_RUNS),
);
