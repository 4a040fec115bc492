import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

import { filesEnding, readPage, root } from './pages';

/** What files import, seen from the root of the repository; packages by their name. */
function imports(files: readonly string[]): string[] {
	return files.flatMap((file) =>
		ts
			.preProcessFile(readFileSync(join(root, file), 'utf8'))
			.importedFiles.map(({ fileName }) =>
				fileName.startsWith('.') ? normalize(join(dirname(file), fileName)) : fileName,
			),
	);
}

// Each service can become a package of its own by moving its folder and its credential.
it.each([
	['nodes/Tally', ['n8n-workflow', 'node:crypto']],
	['nodes/CleverTap', ['n8n-workflow']],
	['credentials', ['n8n-workflow']],
])('%s imports itself and %j, nothing else', (folder, packages) => {
	const files = filesEnding(['.ts'], folder);
	expect(files.length).toBeGreaterThan(0);
	const strange = imports(files).filter((path) => !path.startsWith(`${folder}/`) && !packages.includes(path));
	expect([...new Set(strange)]).toEqual([]);
});

it.each(['nodes/Tally', 'nodes/CleverTap'])('the page on the architecture names every room of %s', (folder) => {
	const rooms = readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== '__schema__')
		.map(({ name }) => `\`${folder}/${name}/\``);
	const { text } = readPage('docs/architecture.md');
	expect(rooms.length).toBeGreaterThan(0);
	expect(rooms.filter((room) => !text.includes(room))).toEqual([]);
});
