import { DataDeduplicationService } from 'n8n-core';
import type { INode, INodeExecutionData } from 'n8n-workflow';

import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { runNode } from '../support/engine';
import { nodesOf, testAsRecorded, type Recorded } from '../support/ofOneDotZero';
import { scriptCleverTap, type Scripted, type Seen } from '../support/scriptedCleverTap';

// Workflows that were made with 1.0.0: one node of each kind, and what each of them sent and put out then. With
// RECORD=1, in a checkout of 1.0.0, this writes the record anew.

const nodes = nodesOf('clevertap');

const submission = (id: string, email: string, answers: object) => ({
	answers: { "What's your name?": 'Ada Example', 'Your email': email, Phone: '+14155550123', ...answers },
	hidden: { utm_source: 'newsletter' },
	calculated: { score: 19 },
	submissionId: id,
	respondentId: `respondent-${id}`,
	formId: 'GxdRaQ',
	formName: 'Feedback',
	submittedAt: '2026-02-09T10:00:00.000Z',
	isCompleted: true,
});
const file = { name: 'a.pdf', url: 'https://files.example/a.pdf', mimeType: 'application/pdf', size: 1 };
const items: INodeExecutionData[] = [
	submission('a', 'ada@example.com', {
		'Rate us': 5,
		Topics: ['Price', 'Fit, and finish'],
		'How was it?': { Quality: 'Great', Speed: 'Fine' },
		'Budget ($)': '100',
		'Budget (%)': '20',
		Receipt: [file],
	}),
	submission('b', 'bad@example.com', { 'Rate us': 1 }),
	submission('a', 'ada@example.com', { 'Rate us': 5 }),
	submission('c', '', {}),
].map((json) => ({ json }));

/** A CleverTap that refuses whatever belongs to `bad@example.com`. */
function answer({ method, path, query, body }: Seen): Scripted {
	if (path.startsWith('/1/counts/')) return { body: { status: 'success', count: 7 } };
	if (method === 'GET' && path === '/1/profile.json') {
		const profile = { identity: 'ada', email: 'ada@example.com', profileData: { Plan: 'Team' } };
		return query.includes('ada') ? { body: { status: 'success', record: profile } } : { body: { status: 'success' } };
	}
	if (method === 'POST' && /^\/1\/(events|profiles)\.json$/.test(path)) {
		return { body: { status: 'success', cursor: 'next' } };
	}
	if (method === 'GET') {
		const found = {
			profile: { name: 'Ada', email: 'ada@example.com' },
			ts: 20260209100000,
			event_props: { Rating: 5 },
		};
		return { body: { status: 'success', records: [found] } };
	}
	const { d } = body as { d?: Array<Record<string, unknown>> };
	if (d === undefined) return { body: { status: 'success' } };
	const unprocessed = d.flatMap((entry, index) =>
		[entry.identity, entry.value, entry.objectId].some(
			(value) => value === 'bad@example.com' || value === 'respondent-b',
		)
			? [
					{
						status: 'fail',
						code: 515,
						error: `Email is not valid. Skipped record number : ${index + 1}`,
						record: entry,
					},
				]
			: [],
	);
	const status = unprocessed.length === 0 ? 'success' : 'partial';
	return { body: { status, processed: d.length - unprocessed.length, unprocessed } };
}

async function run({ parameters, onError, typeVersion }: INode): Promise<Recorded> {
	const server = await scriptCleverTap(answer);
	const { outputs } = await runNode({
		node: new CleverTap(),
		typeVersion,
		credential: server.credential,
		parameters,
		items,
		onError,
	});
	await server.close();
	expect(server.breaks).toEqual([]);
	return { requests: [...server.seen], outputs };
}

/** As text, whose order counts, too. What is advised may get better words. */
function asText(found: Recorded | undefined): string {
	return JSON.stringify(found, (key, value: unknown) => (key === 'advice' ? '' : value), '\t');
}

beforeAll(async () => {
	const marks = new Set<string>();
	await DataDeduplicationService.init({
		checkProcessedAndRecord: (given) => {
			const texts = given.map(String);
			const processed = texts.filter((text) => marks.has(text));
			texts.forEach((text) => marks.add(text));
			return Promise.resolve({ new: texts.filter((text) => !processed.includes(text)), processed });
		},
		removeProcessed: (given) => Promise.resolve(given.forEach((mark) => marks.delete(String(mark)))),
		clearAllProcessedItems: () => Promise.resolve(),
		getProcessedDataCount: () => Promise.resolve(0),
	});
});

it('there is a node of each operation', () => {
	const used = nodes.map(({ parameters: { resource, operation } }) => `${resource} ${operation}`);
	expect([...new Set(used)].sort()).toEqual([
		...['event count', 'event getAll', 'event upload', 'profile count', 'profile delete', 'profile demerge'],
		...['profile disassociate', 'profile get', 'profile getAll', 'profile subscribe', 'profile upsert'],
	]);
});

testAsRecorded('clevertap', nodes, run, asText);
