import { name as combinedName } from '../package.json';
import { halves } from './halves';
import { nodeNames } from './repository';

/**
 * An exported workflow, or several, for the two packages: each type of a node of this one begins with the name of
 * the package that has it now, wherever it stands. All else stays as it is, to the byte.
 *
 * `"type": "n8n-nodes-tally-clevertap.cleverTapTool"` → `"type": "n8n-nodes-clevertap.cleverTapTool"`
 *
 * @throws Error if the text is not JSON, or names no node of this package
 */
export function movedWorkflow(text: string): string {
	try {
		JSON.parse(text);
	} catch {
		throw new Error('This is not JSON. Export the workflow in n8n (Download), and name that file.');
	}
	const packages = new Map(
		halves.flatMap((half) => nodeNames(half).map((node): [string, string] => [node, half.name])),
	);
	// As an agent's tool a node's type has "Tool" behind it.
	const types = new RegExp(
		`(?<![\\w/-])${combinedName}\\.(${[...packages.keys()].join('|')})(?=(?:Tool)?(?!\\w))`,
		'g',
	);
	const moved = text.replace(types, (_type, node: string) => `${packages.get(node) ?? combinedName}.${node}`);
	if (moved === text) throw new Error(`There is no node of ${combinedName} in it: nothing is to be moved.`);
	return moved;
}
