import { changesOf, filled } from '../../split/pages';

const pages: Readonly<Record<string, string>> = {
	'a.md':
		'# A\n\n## One\n\nfirst\n\n### In one\n\n<!-- made -->\ninner\n\n## Two\n\n| n8n | Node |\n|---|---|\n| 2 | 24 |\n| 1 | 20 |\n\nend\n',
};
const read = (path: string): string => pages[path] ?? '';

describe('a template', () => {
	it.each([
		[
			'a section with what is below it, without comments',
			'{{section a.md One}}',
			'## One\n\nfirst\n\n### In one\n\ninner',
		],
		['a section within', '{{section a.md In one}}', '### In one\n\ninner'],
		['the last section', '{{section a.md Two}}', '## Two\n\n| n8n | Node |\n|---|---|\n| 2 | 24 |\n| 1 | 20 |\n\nend'],
		['a table', 'a\n\n{{table a.md n8n}}\n\nb', 'a\n\n| n8n | Node |\n|---|---|\n| 2 | 24 |\n| 1 | 20 |\n\nb'],
		['the first column of a table', 'n8n {{column a.md n8n}}.', 'n8n 2, 1.'],
		['nothing', 'text {{examples}}', 'text {{examples}}'],
	])('takes %s', (_what, template, text) => {
		expect(filled(template, read)).toBe(text);
	});

	it.each(['{{section a.md Three}}', '{{table a.md Three}}', '{{column a.md Three}}', '{{section b.md One}}'])(
		'fails where there is nothing for %s',
		(template) => {
			expect(() => filled(template, read)).toThrow(template);
		},
	);
});

it('the changes of a half are those that begin with its nodes', () => {
	const changes = `# Changes

Introduction

## Unreleased

Text.

### Added

- **Tally**: one.
- **Tally Trigger**, version 1.2: two.
- **CleverTap**: three.

### Fixed

- Four.
- **CleverTap**: five.

## 1.0.0 - 2026-11-21

### Added

- **Tally**: six.
`;
	expect(changesOf(changes, ['Tally', 'Tally Trigger'], '# Changes\n\nOurs.\n')).toBe(`# Changes

Ours.

## Unreleased

### Added

- **Tally**: one.
- **Tally Trigger**, version 1.2: two.

## 1.0.0 - 2026-11-21

### Added

- **Tally**: six.
`);
});
