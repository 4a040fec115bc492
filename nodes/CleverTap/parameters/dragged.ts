/** What n8n writes before the way to a field that is dragged in: the item of the last node, or of another one. */
const ITEM = /^(?:\$json|\$\(.*\)\.item\.json)\.?$/;
/** The last step of a way that has a name: `answers.Phone`, `answers['Your email']`, `answers.Topics[0]`. */
const LAST_NAME = /(?:(?:^|\.)([A-Za-z_$][\w$]*)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\])(?:\[\d+\])*$/;

/**
 * The name of a field that was dragged in and has kept the name that n8n gave it: its whole way, such
 * as `answers['Your email']`. Nobody wants a property of that name; what is meant is `Your email`.
 *
 *     `answers['Your email']`, `={{ $json.answers['Your email'] }}` → `Your email`
 *
 * @param value the expression, not its result
 * @returns nothing for a name that somebody has written
 */
export function draggedName(name: unknown, value: unknown): string | undefined {
	if (typeof name !== 'string' || typeof value !== 'string') return undefined;
	const expression = value.startsWith('={{') && value.endsWith('}}') ? value.slice(3, -2).trim() : '';
	if (!expression.endsWith(name) || !ITEM.test(expression.slice(0, -name.length))) return undefined;
	const [, dotted, single, double] = LAST_NAME.exec(name) ?? [];
	return dotted ?? (single ?? double)?.replace(/\\(.)/g, '$1');
}
