import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../shared/guards';
import type { Subject } from '../parameters/queryFields';
import type { FilterRow } from './filter';
import { buildQuery, parseQuery, type Query } from './query';

/** The query of one item, from the fields or from JSON. @throws ItemError if there is none */
export function readQuery(context: IExecuteFunctions, item: number, subject: Subject): Query {
	if (context.getNodeParameter('queryMode', item, 'fields') === 'json') {
		return parseQuery(context.getNodeParameter('queryJson', item, ''), subject === 'event');
	}
	const filters: unknown = context.getNodeParameter('filters', item, {});
	return buildQuery(
		{
			eventName: context.getNodeParameter('eventName', item, '', { extractValue: true }),
			from: context.getNodeParameter('from', item, ''),
			to: context.getNodeParameter('to', item, ''),
			rows: isRecord(filters) ? toRows(filters.filter) : [],
		},
		subject,
		context.getTimezone(),
	);
}

function toRows(list: unknown): FilterRow[] {
	return recordsIn(list).map(({ of, name, property, operator, value, valueType }) => ({
		of,
		// The picker of profile properties wraps the name with how it was chosen.
		name: of === 'profile_fields' ? (isRecord(property) ? property.value : property) : name,
		operator,
		value,
		valueType,
	}));
}
