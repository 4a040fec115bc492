import type { IExecuteFunctions } from 'n8n-workflow';

import { isPlainObject } from '../properties/flatten';
import type { Refused } from '../upload/verdict';
import type { FilterRow } from './filter';
import { buildQuery, parseQuery, type Query, type Subject } from './query';

/** The query of one item, from the fields or from JSON. */
export function readQuery(this: IExecuteFunctions, item: number, subject: Subject): Query | Refused {
	if (this.getNodeParameter('queryMode', item, 'fields') === 'json') {
		return parseQuery(this.getNodeParameter('queryJson', item, ''), subject === 'event');
	}
	const filters: unknown = this.getNodeParameter('filters', item, {});
	return buildQuery(
		{
			eventName: this.getNodeParameter('eventName', item, '', { extractValue: true }),
			from: this.getNodeParameter('from', item, ''),
			to: this.getNodeParameter('to', item, ''),
			rows: isPlainObject(filters) ? toRows(filters.filter) : [],
		},
		subject,
		this.getTimezone(),
	);
}

function toRows(list: unknown): FilterRow[] {
	if (!Array.isArray(list)) return [];
	return list.filter(isPlainObject).map(({ of, name, property, operator, value, valueType }) => ({
		of,
		// The picker of profile properties wraps the name with how it was chosen.
		name: of === 'profile_fields' ? (isPlainObject(property) ? property.value : property) : name,
		operator,
		value,
		valueType,
	}));
}
