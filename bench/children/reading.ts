import type { INodeParameters } from 'n8n-workflow';

import { cleverTapCredential, outputOf, tallyCredential } from '../engineRun';
import { loadNode } from '../package';
import { interleave, type Rounds, type Taken, timed } from '../rounds';
import { note, work } from './child';
import type { Pages } from './pages';

export interface ReadingTask extends Rounds {
	/** Folder of the unpacked package. */
	readonly folder: string;
	readonly pages: Pages;
	readonly submissions: number;
	readonly events: number;
}

export type Reader = 'submissions' | 'submissions, bare' | 'events' | 'events, bare';

/** Reads with *Return All*, and with a loop that asks for the same pages, in turns. */
work(async ({ folder, pages, submissions, events, ...rounds }: ReadingTask): Promise<Record<Reader, Taken[]>> => {
	const { origin, formId } = pages;
	const tally = async () =>
		await outputOf(
			loadNode(folder, 'Tally/Tally'),
			submissionsParameters(formId),
			[{ json: {} }],
			tallyCredential(folder, origin),
		);
	const cleverTap = async () =>
		await outputOf(
			loadNode(folder, 'CleverTap/CleverTap'),
			eventsParameters,
			[{ json: {} }],
			cleverTapCredential(folder, origin),
		);
	const readers: Record<Reader, () => Promise<Taken>> = {
		submissions: timed(counted(submissions, tally)),
		'submissions, bare': timed(counted(submissions, async () => await bareSubmissions(origin, formId))),
		events: timed(counted(events, cleverTap)),
		'events, bare': timed(counted(events, async () => await bareEvents(origin))),
	};
	return await interleave(readers, rounds, (done, of) => note(`${done} of ${of}`));
});

function submissionsParameters(formId: string): INodeParameters {
	return {
		resource: 'submission',
		operation: 'getAll',
		formId: { __rl: true, mode: 'id', value: formId },
		returnAll: true,
		simplify: true,
		filters: {},
		options: {},
	};
}

const eventsParameters: INodeParameters = {
	resource: 'event',
	operation: 'getAll',
	queryMode: 'fields',
	eventName: { __rl: true, mode: 'name', value: 'Feedback Given' },
	from: '2026-02-01',
	to: '2026-02-09',
	filters: {},
	returnAll: true,
	simplify: true,
	options: {},
};

/** Makes sure that all came. */
function counted(expected: number, read: () => Promise<readonly unknown[]>): () => Promise<void> {
	return async () => {
		const found = await read();
		if (found.length !== expected) throw new Error(`${found.length} of ${expected} were read`);
	};
}

async function bareSubmissions(origin: string, formId: string): Promise<unknown[]> {
	const found: unknown[] = [];
	for (let page = 1, hasMore = true; hasMore; page++) {
		const response = await fetch(`${origin}/forms/${formId}/submissions?page=${page}&limit=500&filter=completed`);
		const body = (await response.json()) as { submissions: unknown[]; hasMore: boolean };
		for (const submission of body.submissions) found.push(submission);
		({ hasMore } = body);
	}
	return found;
}

async function bareEvents(origin: string): Promise<unknown[]> {
	const found: unknown[] = [];
	const start = (await (await fetch(`${origin}/1/events.json?batch_size=4991`, { method: 'POST' })).json()) as {
		cursor: string;
	};
	let cursor: string | undefined = start.cursor;
	while (cursor !== undefined) {
		const response = await fetch(`${origin}/1/events.json?cursor=${cursor}`);
		const body = (await response.json()) as { records: unknown[]; next_cursor?: string };
		for (const record of body.records) found.push(record);
		cursor = body.next_cursor;
	}
	return found;
}
