import { resources as cleverTap } from '../../nodes/CleverTap/resources/resources';
import { resources as tally } from '../../nodes/Tally/resources/resources';
import { readPage, tableRows } from './pages';

it.each([
	['Tally', tally],
	['CleverTap', cleverTap],
])('README lists the operations of %s', (node, resources) => {
	const rows = tableRows(readPage('README.md'));
	const start = rows.findIndex(([first, second]) => first === node && second === 'operations');
	const listed = rows
		.slice(start + 1, start + 1 + resources.length)
		.map(([resource, operations = '']) => [resource, operations.split(', ').sort()]);
	const offered = resources.map(({ name, operations }) => [name, operations.map((operation) => operation.name).sort()]);
	expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(offered));
});
