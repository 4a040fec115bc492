import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { movedWorkflow } from '../../split/workflow';

const ofType = (type: string, more: object = {}): string => JSON.stringify({ nodes: [{ name: 'A', type, ...more }] });

describe('a workflow of the combined package', () => {
	it.each([
		['n8n-nodes-tally-clevertap.tallyTrigger', 'n8n-nodes-tally-forms.tallyTrigger'],
		['n8n-nodes-tally-clevertap.tally', 'n8n-nodes-tally-forms.tally'],
		['n8n-nodes-tally-clevertap.cleverTap', 'n8n-nodes-clevertap.cleverTap'],
		['n8n-nodes-tally-clevertap.tallyTool', 'n8n-nodes-tally-forms.tallyTool'],
		['n8n-nodes-tally-clevertap.cleverTapTool', 'n8n-nodes-clevertap.cleverTapTool'],
	])('has %s as %s', (before, after) => {
		expect(movedWorkflow(ofType(before))).toBe(ofType(after));
	});

	it('keeps credentials, other nodes, its layout, and what only reads alike', () => {
		const kept = [
			'"credentials": { "tallyAccountApi": { "id": "1", "name": "Tally account" } }',
			'"type": "n8n-nodes-base.webhook"',
			'"type": "n8n-nodes-tally-clevertap.somethingElse"',
			'"type": "n8n-nodes-tally-clevertap.tallyTriggers"',
			'"type": "@someone/n8n-nodes-tally-clevertap.tally"',
			'"type": "other-n8n-nodes-tally-clevertap.tally"',
			'"content": "Install n8n-nodes-tally-clevertap."',
		];
		const text = (type: string): string => `[ ${kept.map((part) => `{ ${part} }`).join(',\n\n\t')}, "${type}" ]\n`;
		expect(movedWorkflow(text('n8n-nodes-tally-clevertap.tally'))).toBe(text('n8n-nodes-tally-forms.tally'));
	});

	it('is moved wherever it stands: in a list, and in the text of a workflow within', () => {
		const inner = (type: string) => ofType('n8n-nodes-base.executeWorkflow', { workflowJson: ofType(type) });
		const moved = movedWorkflow(`[${inner('n8n-nodes-tally-clevertap.cleverTap')}, ${ofType('x')}]`);
		expect(moved).toBe(`[${inner('n8n-nodes-clevertap.cleverTap')}, ${ofType('x')}]`);
	});

	it.each([
		['what is not JSON', 'nodes:\n  - n8n-nodes-tally-clevertap.tally', 'This is not JSON. Export the workflow in n8n'],
		[
			'a workflow without such a node',
			ofType('n8n-nodes-base.webhook'),
			'There is no node of n8n-nodes-tally-clevertap',
		],
		['one that was moved before', ofType('n8n-nodes-tally-forms.tally'), 'nothing is to be moved'],
	])('is told from %s', (_what, text, message) => {
		expect(() => movedWorkflow(text)).toThrow(message);
	});
});

describe('every example', () => {
	const folder = join(__dirname, '..', '..', 'examples');
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

	it.each(files)('%s is the same but for the types of its nodes', (file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		const moved = movedWorkflow(text);
		expect(moved).not.toContain('n8n-nodes-tally-clevertap');
		const back = moved.replace(/n8n-nodes-(?:tally-forms|clevertap)\./g, 'n8n-nodes-tally-clevertap.');
		expect(back).toBe(text);
	});
});
