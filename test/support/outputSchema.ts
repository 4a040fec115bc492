import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

interface Schema {
	readonly type?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
}

const ajv = new Ajv({ strict: false, allErrors: true });
const compiled = new Map<string, ValidateFunction>();

/** Where the schema of an operation's output lies, from the node's own folder. */
export function schemaPath(resource: string, operation: string, version = 'v1.0.0'): string {
	return join('__schema__', version, resource, `${operation}.json`);
}

/**
 * In which ways a node's output differs from what its schema promises; also members that the schema
 * does not name, where it names any.
 */
export function schemaBreaks(
	nodeFolder: string,
	resource: string,
	operation: string,
	output: Readonly<Record<string, unknown>>,
	version?: string,
): string[] {
	const path = join(nodeFolder, schemaPath(resource, operation, version));
	const validate = compiled.get(path) ?? ajv.compile(closed(JSON.parse(readFileSync(path, 'utf8')) as Schema));
	compiled.set(path, validate);
	if (validate(output)) return [];
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
	);
}

/** The schema with nothing allowed beside what it names; an object without names stays open. */
function closed(schema: Schema): object {
	return {
		...schema,
		...(schema.items ? { items: closed(schema.items) } : {}),
		...(schema.properties
			? {
					additionalProperties: false,
					properties: Object.fromEntries(
						Object.entries(schema.properties).map(([name, inner]) => [name, closed(inner)]),
					),
				}
			: {}),
	};
}
