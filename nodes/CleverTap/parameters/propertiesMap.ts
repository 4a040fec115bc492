import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isBlank, isRecord, recordsIn } from '../../shared/guards';
import { pathIn } from '../../shared/parameters/path';
import { parameterReader, type Reader } from '../../shared/parameters/reader';
import { isStandard, STANDARD_PROPERTIES } from '../properties/names';
import { textOfName } from '../properties/propertyName';
import type { Assignment } from './assignments';

const NAME = 'propertiesMap';

/** CleverTap's properties, each with a place for its value. */
export const propertiesMapFields: readonly INodeProperties[] = [
	{
		displayName: 'Properties',
		name: NAME,
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description:
			'What each property of the profile gets; drag a field of the input onto it. One that stays empty is not sent. Automatic mapping takes the fields that are called as a property is.',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getProfileProperties',
				mode: 'map',
				fieldWords: { singular: 'property', plural: 'properties' },
				valuesLabel: 'Properties',
				supportAutoMap: true,
				refreshStaleSchemaOnOpen: true,
			},
		},
		displayOptions: { show: { propertiesMode: ['map'] } },
	},
	{
		displayName:
			'Listed are CleverTap’s standard properties and, if CleverTap tells them, those that your profiles have. What is not listed goes into "New Properties", where a field that you drag in goes out under its question until you write another name over it.',
		name: 'listedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { propertiesMode: ['map'] } },
	},
	{
		displayName: 'New Properties',
		name: 'properties',
		type: 'assignmentCollection',
		default: {},
		description:
			'Properties that the profile gets besides those above; each name that CleverTap does not know becomes a property of your own. A field that you drag in is called after its question until you write another name over it.',
		displayOptions: { show: { propertiesMode: ['map'] } },
	},
];

/** What was mapped for an item: each property with its value, or the names that fields of the item may have. */
export type Mapping = { readonly rows: readonly Assignment[] } | { readonly names: ReadonlySet<string> };

/**
 * Gives the mapping of any item, each value read by itself.
 *
 *     {mappingMode: 'defineBelow', value: {Email: '={{ $json.email }}'}} → {rows: [{name: 'Email', value: 'ada@…', …}]}
 *     {mappingMode: 'autoMapInputData', schema: [{id: 'Plan'}, …]} → {names: Set {'Plan', 'Name', 'Email', …}}
 */
export function mappingReader(context: IExecuteFunctions): (item: number) => Mapping {
	const raw: unknown = context.getNodeParameter(NAME, 0, {}, { rawExpressions: true });
	if (typeof raw === 'string') {
		const whole = parameterReader(context, NAME, {});
		return (item) => mappingOf(whole(item), (_name, value) => () => value)(item);
	}
	return mappingOf(raw, (name) =>
		// As lodash, which n8n reads parameters with, takes names with any signs in them.
		parameterReader(context, `${NAME}.value["${name.replace(/["\\]/g, '\\$&')}"]`, ''),
	);
}

function mappingOf(given: unknown, readerOf: (name: string, value: unknown) => Reader): (item: number) => Mapping {
	const { mappingMode, value, schema } = isRecord(given) ? given : {};
	const known = new Map(recordsIn(schema).map(({ id, type }) => [id, type]));
	if (mappingMode === 'autoMapInputData') {
		const names = new Set([...STANDARD_PROPERTIES, ...[...known.keys()].filter((id) => typeof id === 'string')]);
		return () => ({ names });
	}
	const rows = Object.entries(isRecord(value) ? value : {})
		.filter(([, mapped]) => !isBlank(mapped))
		.map(([id, mapped]) => ({
			name: isStandard(id) ? id : textOfName(id, 'profile'),
			read: readerOf(id, mapped),
			type: typeOf(id, known.get(id)),
			path: typeof mapped === 'string' ? pathIn(mapped) : undefined,
		}));
	return (item) => ({ rows: rows.map(({ name, read, type, path }) => ({ name, value: read(item), type, path })) });
}

/**
 * Only a text is brought to one. What is picked or typed into a field of its own is right already, and what is dragged
 * there is for CleverTap's own rules; groups of messages are written as JSON.
 */
function typeOf(id: string, type: unknown): string {
	if (type === 'object') return type;
	return isStandard(id) && (type === undefined || type === 'string') ? 'string' : 'any';
}
