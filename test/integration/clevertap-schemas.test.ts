import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { resources } from '../../nodes/CleverTap/resources/resources';
import { schemaPath } from '../support/outputSchema';

const nodeFolder = join(__dirname, '../../nodes/CleverTap');
const { resolveOutputSchemaPath, loadOutputSchema } = jest.requireActual<{
	resolveOutputSchemaPath: (ref: object) => string | undefined;
	loadOutputSchema: (ref: object) => object | undefined;
}>('n8n-core/dist/nodes-loader/output-schema-resolver');

const operations = resources.flatMap(({ value: resource, operations: all }) =>
	all.map(({ value: operation }) => [resource, operation] as const),
);

describe.each([
	[1, 'v1.0.0'],
	[2, 'v2.0.0'],
])('the schema of an output of version %i', (version, folderOfVersion) => {
	it.each(operations)('is where n8n looks for it: %s, %s', (resource, operation) => {
		const ref = { nodeDir: nodeFolder, version, resource, operation };
		expect(resolveOutputSchemaPath(ref)).toBe(join(nodeFolder, schemaPath(resource, operation, folderOfVersion)));
		expect(loadOutputSchema(ref)).toMatchObject({ type: 'object', properties: expect.any(Object) as unknown });
	});

	it('belongs to an operation that there is', () => {
		const folder = join(nodeFolder, '__schema__', folderOfVersion);
		const files = readdirSync(folder).flatMap((resource) =>
			readdirSync(join(folder, resource)).map((file) => `${resource}/${file}`),
		);
		expect(files.sort()).toEqual(operations.map((names) => `${names.join('/')}.json`).sort());
	});
});
