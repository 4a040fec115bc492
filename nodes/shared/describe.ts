import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from './operation';

/**
 * The node's properties: the two selectors, then the fields of each operation, shown only for it.
 *
 * @param first value of the resource that a new node starts with.
 */
export function describe(resources: readonly Resource[], first: string): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: first,
			description: 'What to work on; the operations follow from it',
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
		},
		...resources.map(operationSelector),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => operation.fields.map((field) => shownFor(field, resource, operation))),
		),
	];
}

function operationSelector(resource: Resource): INodeProperties {
	const first = resource.first.value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		default: first,
		description: 'What to do with the chosen resource',
		options: resource.operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
	};
}

function shownFor(field: INodeProperties, resource: Resource, operation: Operation): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				// First: at an expression n8n (2.41) stops looking and shows the field.
				resource: [resource.value],
				operation: [operation.value],
				...field.displayOptions?.show,
			},
		},
	};
}
