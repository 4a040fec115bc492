import type { IHttpRequestOptions, INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';

import { InHand } from '../../../../../nodes/Tally/trigger/recovery/inHand';
import { Knowledge } from '../../../../../nodes/Tally/trigger/recovery/knowledge';
import { timeOf } from '../../../../../nodes/Tally/trigger/recovery/logged';
import type { ListedSubmission } from '../../../../../nodes/Tally/trigger/recovery/decide';
import { BackgroundClient, Turns } from '../../../../../nodes/Tally/transport/backgroundClient';
import { turn } from '../../../../support/turn';

// Between two attempts at a request lie seconds.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const NOW = Date.parse('2026-02-09T12:00:00.000Z');

/** The submission that was sent so many minutes ago. */
const ago = (minutes: number): ListedSubmission => ({ id: `ago${minutes}`, submittedAt: NOW - minutes * 60_000 });

interface Tally {
	/** What there is at the form. */
	there: readonly ListedSubmission[];
	/** What the list leaves out all the same, as one that grows or shrinks while it is read. */
	notListed?: readonly string[];
	/** The status of a look at one submission, if it is not what it should be. */
	statusOfOne?: number;
}

function deferred(): { promise: Promise<IRun>; resolve: (run: IRun) => void } {
	let resolve: (run: IRun) => void = () => undefined;
	const promise = new Promise<IRun>((done) => (resolve = done));
	return { promise, resolve };
}

/** Brings submissions, in batches that checks hand over one after the other, and tells which runs were started. */
async function bring(
	batches: ReadonlyArray<readonly ListedSubmission[]>,
	{ there, notListed = [], statusOfOne }: Tally,
): Promise<{ ran: unknown[]; knowledge: Knowledge }> {
	const ran: unknown[] = [];
	const bodyOf = ({ id, submittedAt }: ListedSubmission) => ({
		id,
		isCompleted: true,
		submittedAt: new Date(submittedAt).toISOString(),
		responses: [],
	});
	const answer = ({ url, qs }: IHttpRequestOptions) => {
		const { pathname } = new URL(url);
		if (pathname.endsWith('/submissions')) {
			const [from, to] = [timeOf(qs?.startDate) ?? NaN, timeOf(qs?.endDate) ?? NaN];
			const submissions = there
				.filter(({ id, submittedAt }) => submittedAt >= from && submittedAt <= to && !notListed.includes(id))
				.map(bodyOf);
			return { statusCode: 200, headers: {}, body: { questions: [], submissions, hasMore: false } };
		}
		const one = there.find(({ id }) => pathname.endsWith(`/submissions/${id}`));
		if (!pathname.includes('/submissions/'))
			return { statusCode: 200, headers: {}, body: { id: 'GxdRaQ', blocks: [] } };
		const status = statusOfOne ?? (one === undefined ? 404 : 200);
		const body = one !== undefined && status === 200 ? { questions: [], submission: bodyOf(one) } : { message: 'No' };
		return { statusCode: status, headers: {}, body };
	};
	const context = {
		getNode: () => ({ id: 'n1', name: 'Tally Trigger' }),
		getWorkflow: () => ({ id: 'w1' }),
		getWorkflowStaticData: () => ({}),
		getCredentials: () => Promise.resolve({ apiKey: 'tly-test' }),
		logger: { info: () => undefined, warn: () => undefined },
		emit: (data: INodeExecutionData[][], _response: undefined, done: { resolve: (run: IRun) => void }) => {
			ran.push(data[0]?.[0]?.json.submissionId);
			done.resolve({ status: 'success' } as IRun);
		},
		helpers: {
			httpRequestWithAuthentication: (_type: string, request: IHttpRequestOptions) => Promise.resolve(answer(request)),
			createDeferredPromise: deferred,
		},
	} as unknown as ITriggerFunctions;
	const { signal } = new AbortController();
	const knowledge = new Knowledge();
	const options = {
		answerKeys: 'text' as const,
		includeLinks: false,
		includeUnanswered: false,
		raw: false,
		downloadFiles: false,
		binaryPrefix: 'file_',
	};
	const wishes = { options, repeatsFailedRuns: true, maxElsewhereMs: 0 };
	const inHand = new InHand(context, wishes, knowledge, signal);
	const client = new BackgroundClient(context, new Turns([]), signal);
	const all = batches.flat();
	for (const batch of batches) {
		inHand.take(
			client,
			'GxdRaQ',
			batch.map((submission) => ({ kind: 'emit', submission })),
		);
	}
	while (all.some(({ id }) => knowledge.of(id).isInHand === true)) await turn();
	return { ran, knowledge };
}

/** The first one alone is under way when the others come, newer ones before an older one that is tried again. */
const batches = [[ago(50)], [ago(20), ago(10)], [ago(40)]];

it('brings each, in whatever order of submission checks hand them over', async () => {
	const { ran } = await bring(batches, { there: batches.flat() });
	expect([...ran].sort()).toEqual(['ago10', 'ago20', 'ago40', 'ago50']);
});

it('brings what the list has left out', async () => {
	const { ran } = await bring([[ago(2), ago(1)]], { there: [ago(2), ago(1)], notListed: ['ago1'] });
	expect(ran).toEqual(['ago2', 'ago1']);
});

it('leaves alone what was deleted', async () => {
	const { ran, knowledge } = await bring([[ago(2), ago(1)]], { there: [ago(2)] });
	expect(ran).toEqual(['ago2']);
	expect(knowledge.of('ago1').isSettled).toBe(true);
});

it.each([401, 403, 500])('takes nothing for deleted because Tally answers %i', async (statusOfOne) => {
	const { knowledge } = await bring([[ago(1)]], { there: [ago(1)], notListed: ['ago1'], statusOfOne });
	expect(knowledge.of('ago1')).toMatchObject({ isInHand: false });
	expect(knowledge.of('ago1').isSettled).not.toBe(true);
});
