import { readForm, type FormShape } from '../../form/blocks';
import type { RunClient } from '../../transport/client';

/** A form with its blocks, read once in a run; the only source of options, rows and columns. */
export async function formShape(client: RunClient, formId: string): Promise<FormShape> {
	return await client.once(`form ${formId}`, async () =>
		readForm(
			await client.call({
				method: 'GET',
				path: `/forms/${formId}`,
				expects: { member: ['id', 'blocks'] },
				chosen: { Form: formId },
			}),
		),
	);
}
