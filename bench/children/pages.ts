import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startTally } from '../../sandbox/tally/tally';
import { work } from './child';

export interface PagesTask {
	readonly submissions: number;
	readonly submissionsPerPage: number;
	readonly events: number;
	readonly eventsPerPage: number;
}

/** Where the pages are, below the two services' own paths. */
export interface Pages {
	readonly origin: string;
	readonly formId: string;
}

const ID = 'PLACE_OF_THE_ID';

/**
 * A Tally with many submissions of its sample form and a CleverTap with many events, which give them
 * page by page; in a process of their own.
 */
work(async ({ submissions, submissionsPerPage, events, eventsPerPage }: PagesTask): Promise<Pages> => {
	const { formId, form, page } = await sampleOfTally();
	const [submission] = page.submissions as [Record<string, unknown>];
	const submissionPage = pager(JSON.stringify({ ...submission, id: ID }), submissions, submissionsPerPage);
	const eventPage = pager(JSON.stringify(sampleEvent), events, eventsPerPage);

	const server = createServer((request, response) => {
		request.resume();
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
		const answer = (): string => {
			if (pathname === '/1/events.json') {
				if (request.method === 'POST') return '{"status":"success","cursor":"1"}';
				const number = Number(searchParams.get('cursor'));
				const { entries, hasMore } = eventPage(number);
				return `{"status":"success",${hasMore ? `"next_cursor":"${number + 1}",` : ''}"records":[${entries}]}`;
			}
			if (pathname === `/forms/${formId}`) return form;
			const number = Number(searchParams.get('page'));
			const { entries, hasMore } = submissionPage(number);
			return `{"page":${number},"limit":${submissionsPerPage},"hasMore":${hasMore},"questions":${JSON.stringify(page.questions)},"submissions":[${entries}]}`;
		};
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(answer());
	});
	server.keepAliveTimeout = 600_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, formId };
});

/** The sample form and one submission of it, as the local Tally gives them. */
async function sampleOfTally(): Promise<{
	formId: string;
	form: string;
	page: { submissions: unknown[]; questions: unknown[] };
}> {
	const tally = await startTally();
	await tally.submit();
	const read = async (path: string): Promise<string> =>
		await (await fetch(`${tally.url}${path}`, { headers: { authorization: `Bearer ${tally.apiKey}` } })).text();
	const form = await read(`/forms/${tally.formId}`);
	const page = JSON.parse(await read(`/forms/${tally.formId}/submissions?page=1&limit=50&filter=completed`)) as {
		submissions: unknown[];
		questions: unknown[];
	};
	const { formId } = tally;
	await tally.close();
	return { formId, form, page };
}

/** An event as CleverTap exports it (get events). */
const sampleEvent = {
	profile: {
		objectId: `__${ID}`,
		platform: 'Web',
		identity: `customer-${ID}`,
		name: 'Ada Example',
		email: 'ada@example.com',
		phone: 14155550123,
	},
	ts: 20260209101500,
	event_props: { Plan: 'Team', Rating: 5, Topics: 'Price, Fit', submissionId: ID },
	session_props: { utm_source: 'newsletter', utm_campaign: 'spring' },
};

/** Entries of a page, each with an id of its own, and whether there are more. */
function pager(
	template: string,
	count: number,
	perPage: number,
): (page: number) => { entries: string; hasMore: boolean } {
	const parts = template.split(ID);
	return (page) => {
		const first = (page - 1) * perPage;
		const length = Math.max(0, Math.min(perPage, count - first));
		const entries = Array.from({ length }, (_, index) => parts.join(`id${first + index}`));
		return { entries: entries.join(','), hasMore: first + length < count };
	};
}
