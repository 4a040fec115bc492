import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { readPage, root } from './pages';

interface Job {
	needs?: string;
	permissions?: Record<string, string>;
	steps: Array<{ run?: string }>;
}
interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const publishing = parse(readFileSync(join(root, '.github/workflows/publish.yml'), 'utf8')) as Workflow;
const { test, publish } = publishing.jobs;
const commands = (job: Job | undefined) => (job?.steps ?? []).flatMap(({ run }) => run ?? []);

it('publishes only what has passed everything that CI asks for', () => {
	expect(publish?.needs).toBe('test');
	expect(commands(test)).toContain('.ci/run');
	expect(commands(publish)).toEqual([expect.stringMatching(/^npm publish .*--provenance/)]);
});

it('lets nothing but npm speak for the repository', () => {
	expect(publishing.permissions).toEqual({ contents: 'read' });
	expect(test?.permissions).toBeUndefined();
	expect(publish?.permissions).toEqual({ 'id-token': 'write' });
});

describe('CHANGELOG', () => {
	const { tokens } = readPage('CHANGELOG.md');
	const headings = (tag: string) =>
		tokens.flatMap(({ type, tag: own }, index) =>
			type === 'heading_open' && own === tag ? [tokens[index + 1]?.content ?? ''] : [],
		);
	const versions = headings('h2');

	it('tells of each version and its day, the newest first', () => {
		const [first, ...others] = versions;
		const released = first === 'Unreleased' ? others : versions;
		for (const heading of released) expect(heading).toMatch(/^\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}$/);
		const days = released.map((heading) => heading.split(' - ')[1] ?? '');
		expect(days).toEqual([...days].sort().reverse());
	});

	it('sorts changes as Keep a Changelog does', () => {
		expect(versions.length).toBeGreaterThan(0);
		const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
		expect(headings('h3').filter((heading) => !known.includes(heading))).toEqual([]);
	});
});
