import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, usualParent } from '../../split/files';
import { halves } from '../../split/halves';
import { movedWorkflow } from '../../split/workflow';

/** The packed packages of both halves. */
export function tarballs(): string[] {
	return halves.map(({ folder }) => {
		const file = readdirSync(join(usualParent, folder)).find((name) => name.endsWith('.tgz'));
		if (file === undefined)
			throw new Error(`There is no package in .cache/split/${folder}: npm test -- split makes it.`);
		return join(usualParent, folder, file);
	});
}

/** An example of a half. */
export function exampleOf(folder: string, file: string): unknown {
	return JSON.parse(readFileSync(join(usualParent, folder, 'examples', file), 'utf8'));
}

/** The examples of the combined package. */
export const examples = readdirSync(join(root, 'examples')).filter((file) => file.endsWith('.json'));

/** One of them as it is. */
export function example(file: string): string {
	return readFileSync(join(root, 'examples', file), 'utf8');
}

/** One of them as `npm run split -- --workflow` writes it. */
export function movedExample(file: string): unknown {
	return JSON.parse(movedWorkflow(example(file)));
}
