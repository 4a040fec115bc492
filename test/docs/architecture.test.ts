import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readPage, root } from './pages';

it.each(['nodes/Tally', 'nodes/CleverTap'])('the page on the architecture names every room of %s', (folder) => {
	const rooms = readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== '__schema__')
		.map(({ name }) => `\`${folder}/${name}/\``);
	const { text } = readPage('docs/architecture.md');
	expect(text).toContain('`nodes/shared/`');
	expect(rooms.length).toBeGreaterThan(0);
	expect(rooms.filter((room) => !text.includes(room))).toEqual([]);
});
