import type { IExecuteFunctions } from 'n8n-workflow';

import { pathIn } from '../../shared/parameters/path';
import { parameterReader, type Reader } from '../../shared/parameters/reader';
import { draggedName } from './dragged';

/** One field of an assignment collection: a name, a value, and the type that the user chose. */
export interface Assignment {
	readonly name: unknown;
	readonly value: unknown;
	readonly type: unknown;
	/** The steps into the item, where the value is nothing but a way into it: `answers`, `Rate us`. */
	readonly path?: readonly string[] | undefined;
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
			path: typeof given.value === 'string' ? pathIn(given.value) : undefined,
		};
	});
	return (item) =>
		fields.map((field) => ({
			name: field.name(item),
			value: field.value(item),
			type: field.type(item),
			path: field.path,
		}));
}

function fieldsOf(collection: unknown): Assignment[] {
	const { assignments } = (collection ?? {}) as { assignments?: Assignment[] };
	return Array.isArray(assignments) ? assignments : [];
}
