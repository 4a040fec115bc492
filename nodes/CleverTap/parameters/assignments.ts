import type { IExecuteFunctions } from 'n8n-workflow';

import { parameterReader, type Reader } from '../../shared/parameters/reader';
import { draggedName } from './dragged';

/** One field of an assignment collection: a name, a value, and the type that the user chose. */
export interface Assignment {
	readonly name: unknown;
	readonly value: unknown;
	readonly type: unknown;
}

/** Gives the fields of an assignment collection for any item, each read by itself. */
export function assignmentsReader(context: IExecuteFunctions, name: string): (item: number) => Assignment[] {
	const raw: unknown = context.getNodeParameter(name, 0, {}, { rawExpressions: true });
	if (typeof raw === 'string') {
		const whole = parameterReader(context, name, {});
		return (item) => fieldsOf(whole(item));
	}
	const fields = fieldsOf(raw).map((given, index) => {
		const dragged = draggedName(given.name, given.value);
		const member = (key: keyof Assignment): Reader =>
			parameterReader(context, `${name}.assignments[${index}].${key}`, '');
		return {
			name: dragged === undefined ? member('name') : () => dragged,
			value: member('value'),
			type: member('type'),
		};
	});
	return (item) =>
		fields.map((field) => ({
			name: field.name(item),
			value: field.value(item),
			type: field.type(item),
		}));
}

function fieldsOf(collection: unknown): Assignment[] {
	const { assignments } = (collection ?? {}) as { assignments?: Assignment[] };
	return Array.isArray(assignments) ? assignments : [];
}
