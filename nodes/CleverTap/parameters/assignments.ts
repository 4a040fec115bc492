import type { IExecuteFunctions } from 'n8n-workflow';

import { draggedName } from './dragged';
import { parameterReader, type Reader } from './reader';

/** One field of an assignment collection: a name, a value, and the type that the user chose. */
export interface Assignment {
	readonly name: unknown;
	readonly value: unknown;
	readonly type: unknown;
}

/** Gives the fields of an assignment collection for any item, each read by itself. */
export function assignmentsReader(this: IExecuteFunctions, name: string): (item: number) => Assignment[] {
	const raw: unknown = this.getNodeParameter(name, 0, {}, { rawExpressions: true });
	if (typeof raw === 'string') {
		const whole = parameterReader.call(this, name, {});
		return (item) => fieldsOf(whole(item));
	}
	const fields = fieldsOf(raw).map((given, index) => {
		const dragged = draggedName(given.name, given.value);
		const member = (key: keyof Assignment): Reader =>
			parameterReader.call(this, `${name}.assignments[${index}].${key}`, '');
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
