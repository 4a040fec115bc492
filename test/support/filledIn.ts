import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	NodeParameterValueType,
} from 'n8n-workflow';

/** One field that takes a value from the item; `path` names its value there. */
export interface Filled {
	readonly path: string;
	readonly field: INodeProperties;
}

export interface FilledIn {
	readonly parameters: INodeParameters;
	readonly filled: readonly Filled[];
}

/** Which of the switches are on; lists and numbers stay as they are when a node is new. */
export type IsOn = (field: INodeProperties) => boolean;

/**
 * Fills in every field of an operation, whatever they are: texts and JSON by an expression that
 * reads the item, so that the node's own parameters hold no value. A new operation, or a new
 * field, is filled in like all others.
 *
 * @param chooses whether choices and numbers are read from the item too
 */
export function fillIn(fields: readonly INodeProperties[], isOn: IsOn, chooses = false): FilledIn {
	const filled: Filled[] = [];

	const fromItem = (field: INodeProperties, path: string): string => {
		filled.push({ path, field });
		return `={{ $json.input["${path}"] }}`;
	};

	const valueOf = (field: INodeProperties, path: string): NodeParameterValueType => {
		switch (field.type) {
			case 'boolean':
				// Where nothing is sent, nothing can be seen of it.
				return !field.description?.startsWith('Whether to send nothing') && isOn(field);
			case 'options':
			case 'multiOptions':
			case 'number':
				// What is chosen from a list of the account's is no word of the node's.
				return chooses || field.typeOptions?.loadOptionsMethod !== undefined ? fromItem(field, path) : field.default;
			case 'resourceLocator':
				return { __rl: true, mode: field.modes?.at(-1)?.name ?? 'id', value: fromItem(field, path) };
			case 'collection':
				return all((field.options ?? []) as INodeProperties[], path);
			case 'fixedCollection':
				return Object.fromEntries(
					((field.options ?? []) as INodePropertyCollection[]).map(({ name, values }) => [name, [all(values, path)]]),
				);
			case 'assignmentCollection':
				return {
					assignments: ['Name', 'Email', 'Phone', 'Comment'].map((name) => ({
						id: name,
						name,
						type: 'string',
						value: fromItem({ ...field, name: name.toLowerCase() }, `${path}.${name}`),
					})),
				};
			default:
				return fromItem(field, path);
		}
	};

	const all = (list: readonly INodeProperties[], path: string): INodeParameters =>
		Object.fromEntries<NodeParameterValueType>(
			list.map((field) => [field.name, valueOf(field, path === '' ? field.name : `${path}.${field.name}`)]),
		);

	return { parameters: all(fields, ''), filled };
}

/** The item's values for all fields that read from it, by their paths. */
export function inputFor(filled: readonly Filled[], valueFor: (field: INodeProperties) => unknown): IDataObject {
	return Object.fromEntries(filled.map(({ path, field }) => [path, valueFor(field)])) as IDataObject;
}

/** The example that a field shows, such as `GxdRaQ` of "e.g. GxdRaQ". */
export function exampleOf(field: INodeProperties): string | undefined {
	const shown = [field.placeholder, ...(field.modes ?? []).map(({ placeholder }) => placeholder)];
	return shown
		.filter((text) => text?.startsWith('e.g. '))
		.at(-1)
		?.slice('e.g. '.length);
}
