import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { codeBlocks, readPage, root } from './pages';

interface Change {
	readonly file: string;
	readonly isNew: boolean;
	/** What is there afterwards, one text for each place. */
	readonly places: readonly string[];
}

/** The changes that a diff makes, in the form in which `git diff` prints it. */
function changes(diff: string): Change[] {
	return diff.split(/^(?=--- )/m).flatMap((part) => {
		const file = /^\+\+\+ b\/(.+)$/m.exec(part)?.[1];
		if (file === undefined) return [];
		const places = part
			.split(/^@@.*\n/m)
			.slice(1)
			.map((hunk) =>
				hunk
					.split('\n')
					.filter((line) => /^[ +]/.test(line))
					.map((line) => line.slice(1))
					.join('\n'),
			);
		return [{ file, isNew: part.startsWith('--- /dev/null'), places }];
	});
}

const walked = codeBlocks(readPage('CONTRIBUTING.md'), 'diff').flatMap(changes);

it('walks from the operation to its tests', () => {
	expect(walked.map(({ file }) => file.split('/')[0])).toEqual(expect.arrayContaining(['nodes', 'test']));
});

it.each(walked.map((change) => [change.file, change] as const))('shows %s as it is', (file, { isNew, places }) => {
	expect(existsSync(join(root, file))).toBe(true);
	const text = readFileSync(join(root, file), 'utf8');
	if (isNew) expect(`${places.join('\n')}\n`).toBe(text);
	expect(places.length).toBeGreaterThan(0);
	expect(places.filter((place) => place === '' || !text.includes(place))).toEqual([]);
});
