import fc from 'fast-check';
import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { filledText, isRecord } from '../../nodes/shared/guards';
import { searchQuestions, searchSubmissions } from '../../nodes/Tally/listSearch/inForm';
import { searchFolders } from '../../nodes/Tally/listSearch/inWorkspace';
import { searchForms, searchWebhooks, searchWorkspaces } from '../../nodes/Tally/listSearch/listSearch';
import { searchInvites, searchUsers } from '../../nodes/Tally/listSearch/people';
import type { TallyClient } from '../../nodes/Tally/transport/client';
import { readList } from '../../nodes/Tally/transport/pages';
import { fuzz, unless } from '../support/fuzz';
import { oddJson, oddText } from './json';
import { recordTally } from './recordedTally';
import { inTurn, replies, type Recorded, type Replies } from './replies';
import { API_KEY, callOf, contextOf, runs, wrongInRun } from './tallyNode';
import { oddities, wrongWith } from './wrong';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

/** More than any run below has a reason to send. */
const MAX_REQUESTS = 3_000;

let recorded: ReadonlyMap<string, Recorded>;

beforeAll(async () => {
	recorded = await recordTally();
}, 60_000);

/** A Tally that replies like this; `wrong` says what it should not have been asked. */
function tallyWith(met: Replies) {
	const reply = inTurn(met);
	const complaints: string[] = [];
	let requests = 0;
	const answer = async (request: IHttpRequestOptions) => {
		const call = callOf(request);
		if (call === undefined) complaints.push(`It asks for ${request.method} ${request.url}`);
		if (++requests > MAX_REQUESTS) throw new Error('Enough');
		return await Promise.resolve(reply(recorded.get(call ?? '') ?? { status: 204, text: '' }));
	};
	const wrong = () => [...complaints, ...unless(requests <= MAX_REQUESTS, 'It asks without end')];
	return { answer, wrong };
}

const onError = fc.constantFrom(undefined, 'continueErrorOutput' as const, 'continueRegularOutput' as const);

describe('Whatever Tally answers, an operation gives items or an error that says what to do', () => {
	fuzz(
		'each of them',
		fc.record({ run: fc.constantFrom(...runs), met: replies, onError, version: fc.constantFrom(1, 1.1) }),
		async ({ run, met, onError: mode, version }) => {
			const { answer, wrong } = tallyWith(met);
			const found = await wrongInRun(contextOf(run, answer, mode, version));
			return [...found, ...wrong()];
		},
	);

	const pickers = {
		searchFolders,
		searchForms,
		searchInvites,
		searchQuestions,
		searchSubmissions,
		searchUsers,
		searchWebhooks,
		searchWorkspaces,
	};
	const chosen = { formId: 'GxdRaQ', workspaceId: 'kb3o5R' };
	fuzz(
		'each of the editor’s lists',
		fc.record({
			name: fc.constantFrom(...(Object.keys(pickers) as Array<keyof typeof pickers>)),
			filter: fc.option(oddText, { nil: undefined }),
			token: fc.option(oddText, { nil: undefined }),
			met: replies,
		}),
		async ({ name, filter, token, met }) => {
			const { answer, wrong } = tallyWith(met);
			const editor = contextOf({ resource: '', operation: '', ...chosen }, answer) as unknown as ILoadOptionsFunctions;
			try {
				const { results } = await pickers[name].call(editor, filter, token);
				const odd = results.filter(
					(entry) => entry.name === '' || typeof entry.value !== 'string' || entry.value === '',
				);
				return [...oddities(results), ...wrong(), ...odd.map((entry) => `It offers ${JSON.stringify(entry)}`)];
			} catch (error) {
				return [...wrongWith(error, API_KEY), ...wrong()];
			}
		},
	);
});

describe('A list, whatever its pages hold', () => {
	const entry = fc.oneof(
		{ weight: 5, arbitrary: fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') }) },
		{ weight: 1, arbitrary: oddJson },
		{ weight: 1, arbitrary: fc.record({ id: oddJson }) },
	);
	const pages = fc.array(fc.array(entry, { maxLength: 4 }), { minLength: 1, maxLength: 6 });

	fuzz(
		'is read to its end, everything once, although it always says that there is more',
		fc.record({
			pages,
			limit: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
			hasMore: fc.constantFrom(true, true, 'yes'),
		}),
		async ({ pages: given, limit, hasMore }) => {
			let asked = 0;
			const client = {
				maxPages: 10_000,
				beforePage: () => Promise.resolve(),
				call: () => Promise.resolve({ things: given[asked++ % given.length], hasMore }),
			};
			const list = { request: { method: 'GET', path: '/things' } as const, name: 'things', maxAtOnce: 4 };
			const found = await readList(client as unknown as TallyClient, list, { limit });
			const read = given.slice(0, asked);
			const firstEmpty = read.findIndex((page) => page.filter(isRecord).length === 0);
			const ids = read
				.slice(0, firstEmpty < 0 ? undefined : firstEmpty)
				.flat()
				.flatMap((known) => (isRecord(known) ? (filledText(known.id) ?? []) : []));
			const names = found.map((known) => filledText(known.id) ?? JSON.stringify(known));
			return [
				...unless(asked < 100, `It asks for ${asked} pages`),
				...unless(new Set(names).size === names.length, 'Something comes twice'),
				...unless(found.length <= (limit ?? Infinity), 'It gives more than is wanted'),
				...(limit === undefined ? missing([...new Set(ids)], found) : []),
			];
		},
	);
});

function missing(ids: readonly string[], found: ReadonlyArray<Record<string, unknown>>): string[] {
	const known = new Set(found.map(({ id }) => id));
	return ids.filter((id) => !known.has(id)).map((id) => `${id} is lost`);
}
