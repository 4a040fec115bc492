import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { Tally } from '../../nodes/Tally/Tally.node';
import { chosen, outcomeOf } from '../support/tallyOperation';
import { codeBlocks, inlineTokens, labelsIn, readPage, root } from './pages';

const page = readPage('docs/campaign.md');
const template = "{{ Profile.Identity | default: '' }}";

/** What the node Get Embed Code gives for the form of the page. */
async function embedded(embedAs: string, options: object = {}) {
	const { items = [] } = await outcomeOf(
		['form', 'getEmbedCode'],
		{
			formId: chosen('GxdRaQ'),
			embedAs,
			hiddenFields: { field: [{ name: chosen('ct_identity'), valueIs: 'template', template }] },
			options,
		},
		[
			{ id: 'GxdRaQ', name: 'How was it?', blocks: [] },
			{ questions: [{ id: 'q1', type: 'HIDDEN_FIELDS', title: null, fields: [{ uuid: 'h1', title: 'ct_identity' }] }] },
		],
	);
	expect(items).toMatchObject([{ unknownFields: [] }]);
	return items[0];
}

it('shows the snippets that the node gives', async () => {
	const inApp = await embedded('fullPage', { transparentBackground: true, worksInIos: true });
	expect(codeBlocks(page, 'html')).toEqual([`${String(inApp?.html as string)}\n`]);
	expect(codeBlocks(page, 'text')[0]).toBe(`${String((await embedded('link'))?.url as string)}\n`);
});

it('shows the identifier of the example', () => {
	const file = join(root, 'examples', 'campaign-form-to-clevertap.json');
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as { nodes: INode[] };
	const identifiers = nodes.flatMap(({ parameters }) => parameters.identifier ?? []);
	expect(identifiers).toEqual([`=${codeBlocks(page, 'text')[1]?.trim()}`]);
	const note = nodes[0]?.parameters.content;
	expect(note).toContain(`\`${template}\``);
	expect(page.text).toContain(`\`${template}\``);
});

it('names fields, options and operations as the editor does', () => {
	const ofN8n = ['On Error', 'Continue (using error output)'];
	const labels = new Set([
		...[new Tally().description, new CleverTap().description, new CleverTapAccountApi()].flatMap(({ properties }) =>
			labelsIn(properties),
		),
		...ofN8n,
	]);
	const named = [...page.text.matchAll(/\*\*(.+?)\*\*/g)].map(([, label = '']) => label);
	expect(named).toEqual(expect.arrayContaining(['Embed As', 'Full Page', 'Works in iOS In-Apps', 'Hidden Fields']));
	// Sentences that are to be seen, and the word itself where the page explains it.
	const others = [
		'bold',
		'The default is empty.',
		'The identity, not the email address',
		'The frame has its address from the start',
	];
	expect(named.filter((label) => !others.includes(label) && !labels.has(label))).toEqual([]);
});

it('is found from the README, and says what nobody has tried', () => {
	const links = inlineTokens(readPage('README.md')).map((token) => token.attrGet('href'));
	expect(links).toContain('docs/campaign.md');
	expect(page.text).toContain('## What only a live account can tell');
});
