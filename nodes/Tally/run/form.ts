import { readForm, type FormShape } from '../forms/blocks';
import type { Line } from '../transport/line';

/** A form with its blocks, read once in a run; the only source of options, rows and columns. */
export async function formShape(line: Line, formId: string): Promise<FormShape> {
	return await line.once(`form ${formId}`, async () =>
		readForm(await line.call({ method: 'GET', path: `/forms/${formId}`, field: 'Form' })),
	);
}
