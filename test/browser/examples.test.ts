/*
 * Each example as its note says, clicked in a real n8n: pasted, credentials and form chosen, published. What stands
 * outside this machine is replaced before, as in test/e2e/exampleCases.ts, which also tells what each must do.
 */
import type { Page } from 'playwright-core';
import { credentialOf } from '../../sandbox/example';
import { owner } from '../../sandbox/n8n';
import type { WorkflowDraft } from '../../sandbox/n8n-client';
import { valueAt } from '../../sandbox/n8n-json';
import { type Examples, files, openExamples, read } from '../e2e/exampleCases';
import type { Album } from './album';
import type { Editor } from './editor';
import { openVisit, patienceMs, visitorEnv, type Visit } from './visit';

let examples: Examples;
let visit: Visit;
let page: Page;
let editor: Editor;
let album: Album;

beforeAll(async () => {
	visit = await openVisit('examples');
	({ page, editor, album } = visit);
	examples = await openExamples({ env: visitorEnv });
	await editor.enter(examples.sandbox.n8n.url, owner);
}, 600_000);

afterAll(async () => {
	await visit?.close();
	await examples?.close();
});

/** What the note asks of a node, done in the editor. */
async function fillIn({ name, type, parameters }: WorkflowDraft['nodes'][number]): Promise<void> {
	const kind = credentialOf(String(type));
	// A form of the case's own is there already.
	const hasForm = valueAt(parameters, ['formId', 'value']) === '';
	if (kind === undefined && !hasForm) return;
	await editor.openNode(String(name));
	const credential = kind === undefined ? undefined : examples.credentials[kind];
	if (credential !== undefined) await editor.chooseCredential(credential.name);
	if (hasForm) await editor.chooseFromList('formId', 'Feedback');
	await album.keep(page, `node-${String(name).toLowerCase().replace(/\W+/g, '-')}`);
	await editor.closeNode();
}

it.each(files)(
	'%s is finished as its note says',
	async (file) => {
		const { sandbox, cases } = examples;
		const found = cases[file];
		if (!found) throw new Error(`The example ${file} needs a case in test/e2e/exampleCases.ts.`);
		const example = read(file) as WorkflowDraft;
		const draft = (await found.fillIn?.(example)) ?? example;
		try {
			await page.goto(`${sandbox.n8n.url}/workflow/new`);
			await editor.paste(draft);
			const nodes = draft.nodes.filter(({ type }) => !String(type).endsWith('.stickyNote'));
			for (const node of nodes) await fillIn(node);
			await editor.mark('zoom-to-fit').click();
			await album.keep(page, file.replace('.json', ''));
			await found.before?.();
			await editor.publish();
			examples.published();
			const id = /\/workflow\/(\w+)/.exec(page.url())?.[1] ?? '';
			await found.run(id);
			await sandbox.n8n.client.unpublish(id);
		} catch (error) {
			await album.keep(page, `failed-${file.replace('.json', '')}`).catch(() => undefined);
			throw error;
		}
		expect(sandbox.cleverTap.violations()).toEqual([]);
		expect(sandbox.tally.violations()).toEqual([]);
	},
	10 * patienceMs,
);
