import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** The names of an object's own members. */
function keysOf({ properties }) {
	return properties.flatMap(({ key }) => (key ? [key.name ?? key.value] : []));
}

const isDescription = (path) =>
	path.isObjectExpression() && (keysOf(path.node).includes('displayName') || isCondition(path.node));

/** `{ show: … }`: when the editor shows a field. */
const isCondition = (object) =>
	object.properties.length > 0 && object.properties.every(({ key }) => key?.name === 'show' || key?.name === 'hide');

const DECIDING = new Set([
	'ArrowFunctionExpression',
	'BinaryExpression',
	'CallExpression',
	'ConditionalExpression',
	'LogicalExpression',
	'MemberExpression',
]);

/** Whether something in it depends on more than itself. */
function decides(path) {
	let found = false;
	path.traverse({
		enter(inner) {
			if (!DECIDING.has(inner.type)) return;
			found = true;
			inner.stop();
		},
	});
	return found;
}

/** Whether it stands in the description of a field, and not in a function there. */
function isInDescription(path) {
	for (let outer = path; outer && !outer.isFunction(); outer = outer.parentPath) {
		if (isDescription(outer)) return true;
	}
	return false;
}

/** What an operation, a resource or a field says of itself in the editor. */
function isLabel(path) {
	if (!path.isObjectProperty() || !path.parentPath.isObjectExpression()) return false;
	const siblings = keysOf(path.parent);
	const { name } = path.node.key;
	if (siblings.includes('action')) return ['name', 'action', 'description', 'fields'].includes(name);
	if (siblings.includes('operations')) return ['name', 'description'].includes(name);
	return siblings.includes('displayName') && ['displayName', 'description', 'placeholder', 'hint'].includes(name);
}

/**
 * Leaves out what only the editor shows: labels, descriptions, defaults and lists of options. Where one
 * of them depends on something, what it depends on is mutated all the same. Words of errors are not left
 * out: an error that says nothing helps nobody.
 */
const words = {
	shouldIgnore(path) {
		if (path.isClassProperty() && path.node.key.name === 'description') return 'the description of a node';
		if (isLabel(path)) return 'a label';
		const isValue =
			path.isObjectExpression() || path.isArrayExpression() || path.isLiteral() || path.isTemplateLiteral();
		if (isValue && isInDescription(path) && !decides(path)) return 'the description of a field';
		return undefined;
	},
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'words', words)];
