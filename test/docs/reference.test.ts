import { resources as cleverTap } from '../../nodes/CleverTap/resources/resources';
import { resources as tally } from '../../nodes/Tally/resources/resources';
import { readPage } from './pages';
import { reference, withReference } from './reference';

it('docs/usage.md lists what the nodes have today; else run `npm run docs`', () => {
	const { text } = readPage('docs/usage.md');
	expect(withReference(text)).toBe(text);
});

it('has a heading for each operation, and a row for each of its parameters', () => {
	const listed = reference();
	for (const { name, operations } of [...tally, ...cleverTap]) {
		for (const operation of operations) {
			const part = listed.split(`### ${name}: ${operation.name}\n`)[1]?.split('\n#')[0] ?? '';
			const shown = operation.fields.filter(({ type }) => type !== 'notice' && type !== 'hidden');
			expect(part.match(/^\| \*\*/gm) ?? []).toHaveLength(shown.length);
		}
	}
});

it.each([
	['an option in a collection', '| Options › **Acknowledge** | *When Received* |'],
	['a choice', '<br>• *When Finished*: When the workflow has succeeded.'],
	['a field of the rows of a collection', '| Filters › **Operator** | *Equals* |'],
	['when a field is shown', 'Where *Return All* is off.'],
	['when a field is not shown', 'Not where *Operator* is *Exists* or *Does Not Exist*.'],
	['in which version', 'In version 2 only.'],
	['from which version on', 'From version 1.1 on.'],
	['how a thing can be chosen', '• *By ID*: The part after /forms/ or /r/ in the address of the form.'],
])('tells %s', (_what, text) => {
	expect(reference()).toContain(text);
});

it('asks for a page with a place for the list', () => {
	expect(() => withReference('# Usage')).toThrow('The page lacks');
});
