import { type INode, type INodeTypeDescription, NodeHelpers } from 'n8n-workflow';

/**
 * The paths of those parameters of a node that its type does not have, or not with these others: what n8n
 * leaves out when it reads the node.
 */
export function unknownParameters(node: INode, description: INodeTypeDescription): string[] {
	const { properties } = description;
	const kept = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description);
	return lost(node.parameters, kept, node.name);
}

/** What of these nodes an n8n with these types does not know: a type, in its version, or parameters by their paths. */
export function unknownIn(nodes: readonly INode[], types: readonly INodeTypeDescription[]): string[] {
	return nodes.flatMap((node) => {
		const type = types.find(({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion));
		return type ? unknownParameters(node, type) : [`${node.type} ${node.typeVersion}`];
	});
}

function lost(given: unknown, kept: unknown, path: string): string[] {
	if (typeof given !== 'object' || given === null) return given === kept ? [] : [path];
	if (typeof kept !== 'object' || kept === null) return [path];
	return Object.entries(given).flatMap(([key, value]) =>
		lost(value, (kept as Record<string, unknown>)[key], `${path}.${key}`),
	);
}
