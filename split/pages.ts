/** What stands in a template for a part of this repository's pages. */
const PLACE = /\{\{(section|table|column) (\S+) (.+?)\}\}/g;

/**
 * A page's template with its places filled:
 *
 * - `{{section docs/usage.md Submissions}}`: the part of that page below this heading, heading included
 * - `{{table README.md Tally}}`: the table whose first column has this head
 * - `{{column README.md n8n}}`: what stands in the first column of that table: `2.41.1, 2.0.0, 1.123.81`
 *
 * @param read gives a page by its path
 * @throws Error if a page has no such part
 */
export function filled(template: string, read: (path: string) => string): string {
	return template.replace(PLACE, (place, kind: keyof typeof parts, path: string, name: string) => {
		const lines = read(path).split('\n');
		const part = parts[kind](lines, name);
		if (part.length === 0) throw new Error(`There is no part for ${place}`);
		return part.join('\n').trim();
	});
}

const parts = { section, table, column };

function section(lines: readonly string[], title: string): string[] {
	const depthOf = (line: string): number => /^(#+) /.exec(line)?.[1]?.length ?? Infinity;
	const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === title);
	if (start < 0) return [];
	const depth = depthOf(lines[start] ?? '');
	const length = lines.slice(start + 1).findIndex((line) => depthOf(line) <= depth);
	const all = lines.slice(start, length < 0 ? undefined : start + 1 + length);
	return all.filter((line) => !line.startsWith('<!--'));
}

function table(lines: readonly string[], head: string): string[] {
	const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
	if (start < 0) return [];
	const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
	return lines.slice(start, length < 0 ? undefined : start + length);
}

function column(lines: readonly string[], head: string): string[] {
	const rows = table(lines, head).slice(2);
	return rows.length === 0 ? [] : [rows.map((row) => row.split('|')[1]?.trim()).join(', ')];
}

/**
 * The changes of one half: of each version the entries that begin with the name of one of its nodes in bold.
 *
 * @param nodes as the changes call them: `['Tally', 'Tally Trigger']`
 */
export function changesOf(changes: string, nodes: readonly string[], introduction: string): string {
	const versions = changes.split(/^(?=## )/m).slice(1);
	const kept = versions.map((version) => {
		const [heading = '', ...groups] = version.split(/^(?=### )/m);
		const own = groups.flatMap((group) => {
			const [title = '', ...lines] = group.trim().split('\n');
			const entries = lines.filter((line) => nodes.some((node) => line.startsWith(`- **${node}**`)));
			return entries.length === 0 ? [] : [`${title}\n\n${entries.join('\n')}`];
		});
		return [heading.split('\n')[0]?.trim() ?? '', ...own].join('\n\n');
	});
	return `${[introduction.trim(), ...kept].join('\n\n')}\n`;
}
