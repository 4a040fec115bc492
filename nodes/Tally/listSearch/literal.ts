/**
 * A name that stays one when it is chosen from a list: n8n keeps it in the node's parameters,
 * where a text that begins with `=` is an expression, which n8n would evaluate.
 */
export function literalName(name: string): string {
	return name.startsWith('=') ? `“${name}”` : name;
}
