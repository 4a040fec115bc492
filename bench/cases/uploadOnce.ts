import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import { median } from 'simple-statistics';

import { post } from '../bareLoop';
import type { Case, Say, Scale } from '../case';
import { startChild } from '../children';
import type { Received } from '../children/cleverTap';
import { byRound, type Claim, claim, compare, type Findings, ratios, type Row, spreadOf, together } from '../figures';
import { type Load, loadEach, type Request } from '../load';
import { chain, cleverTapNode, code, eventParameters, httpRequest, publishTriggerInto, tookIn, webhook } from '../n8n';
import { type Place, type PlaceKind, places } from '../places';
import { interleave } from '../rounds';
import { signed, submissionBody } from '../submissions';
import { inDigits } from '../table';

const name = 'upload-once';
/** How long CleverTap takes for an upload, in milliseconds. */
const DELAY = 20;
const AT_A_TIME = [8, 20] as const;
/** The most that a key may make of what the same takes without one. */
const LIMIT = 1.25;
const LIMIT_IN_BULK = 1.1;
/** How many uploads a node remembers, unless it is told otherwise. */
const REMEMBERED = 10_000;

const KEY = '={{ $json.submissionId }}';
const WITHOUT = 'the same without a key';
const BY_HAND = 'Remove Duplicates and HTTP Request';

const makeMany = `
const { count, run } = $input.first().json.body;
return Array.from({ length: count }, (_, number) => ({ json: {
	submissionId: 'submission-' + run + '-' + number, respondentId: 'respondent-' + number } }));`;

/** n8n's own memory of what it has seen. It refuses what would not fit, so it gets room for more than the others. */
const removeDuplicates = {
	name: 'Remove Duplicates',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		logic: 'removeItemsWithAlreadySeenKeyValues',
		dedupeValue: KEY,
		options: { scope: 'node', historySize: 10 * REMEMBERED },
	},
};

const event = `={ "d": [{ "identity": "{{ $json.respondentId }}", "type": "event", "evtName": "Feedback Given",
	"evtData": { "submissionId": "{{ $json.submissionId }}" } }] }`;

/** Uploads whose keys n8n remembers: the setting in which a submission that comes twice makes one event. */
export const uploadOnce: Case = {
	name,
	title: 'Upload Once',

	async run(scale, say) {
		const server = await startChild<Record<number, string>>('cleverTap', [DELAY]);
		const found: Findings[] = [];
		try {
			for (const kind of scale.quick ? places.slice(0, 1) : places) {
				const sayHere: Say = (text) => say(`${kind.title}: ${text}`);
				const use = async (place: Place) => await inPlace(place, kind, server.answer[DELAY] as string, scale, sayHere);
				try {
					found.push(await kind.open(use));
				} catch (error) {
					// What was measured elsewhere took long.
					if (found.length === 0) throw error;
					sayHere(`not measured: ${String(error)}`);
				}
			}
		} finally {
			server.stop();
		}
		return together(found);
	},
};

/** A workflow that takes submissions, one by one or many at once. */
interface Contender {
	/** A new submission, signed as Tally does. */
	readonly submission: () => Request;
	/** Uploads so many at once, each with a key of its own; gives the milliseconds by n8n's record. */
	readonly upload: (count: number) => Promise<number>;
	/** The milliseconds of the node that remembers, in the newest run. */
	remembering(): Promise<number>;
}

interface Measured extends Load {
	/** Bytes that went to the database for a submission. */
	readonly written: number | undefined;
}

async function contendersIn(place: Place, origin: string) {
	const { n8n, tally, url: base } = place;
	let run = 0;
	const contender = async (
		path: string,
		{ filled, of }: { readonly filled: number; readonly of: number },
		...nodes: ReadonlyArray<Record<string, unknown>>
	): Promise<Contender> => {
		const [first, last] = [String(nodes[0]?.name), String(nodes.at(-1)?.name)];
		const many = chain(path, [webhook(path), code('Make Submissions', makeMany), ...nodes]);
		const { workflowId, url, signingSecret } = await publishTriggerInto(place, many, first);
		const address = new URL(new URL(url).pathname, base).href;
		const upload = async (amount: number): Promise<number> => {
			await receivedBy(origin);
			const body = JSON.stringify({ count: amount, run: run++ });
			const { status } = await post(new URL(`/webhook/${path}`, base).href, body);
			const records = await receivedBy(origin);
			if (status !== 200 || records !== amount)
				throw new Error(`${path}: HTTP ${status}, ${records} of ${amount} records arrived`);
			return await tookIn(n8n, workflowId, first, last);
		};
		for (let there = 0; there < filled; there += of) await upload(of);
		return {
			submission: () => {
				const body = submissionBody(tally.formId, 5_000, randomUUID());
				return { url: address, body, headers: signed(body, signingSecret) };
			},
			upload,
			remembering: async () => await tookIn(n8n, workflowId, first, first),
		};
	};
	const cleverTap = async (options: Record<string, unknown>) =>
		await cleverTapNode(place, origin, { ...eventParameters, options });
	const [plain, remembering] = [await cleverTap({}), await cleverTap({ uploadOnceKey: KEY })];
	return {
		keyless: await contender('no-key', { filled: 0, of: 1 }, plain),
		empty: await contender('store-empty', { filled: 0, of: 1 }, remembering),
		// Twice what it remembers fills it, however many marks it makes of a key.
		full: await contender('store-full', { filled: 2 * REMEMBERED, of: REMEMBERED }, remembering),
		// A request for each, all of a run at once: more of them do not get through.
		byHand: await contender('by-hand', { filled: REMEMBERED, of: 500 }, removeDuplicates, httpRequest(origin, event)),
	};
}

/** So many bytes a second are written by an n8n that has nothing to do, at most. */
const AT_REST = 200_000;

/** Waits until what was uploaded at once, to fill a store, is put in order there: a store is full for months, not for seconds. */
async function comesToRest(place: Place): Promise<void> {
	for (let before = place.written(); before !== undefined;) {
		await wait(1000);
		const now = place.written();
		if (now === undefined || now - before < AT_REST) return;
		before = now;
	}
}

async function receivedBy(origin: string): Promise<number> {
	return ((await (await fetch(`${origin}/received`)).json()) as Received).records;
}

async function inPlace(place: Place, { title }: PlaceKind, origin: string, scale: Scale, say: Say): Promise<Findings> {
	say('filling the stores');
	const contenders = await contendersIn(place, origin);
	await comesToRest(place);
	const found: Findings[] = [];
	for (const connections of AT_A_TIME) {
		const requests = scale.quick ? 80 : 200;
		const round =
			({ submission }: Contender) =>
			async (): Promise<Measured> => {
				const before = place.written();
				const taken = await loadEach(submission, { connections, requests });
				const after = place.written();
				return {
					...taken,
					written: before === undefined || after === undefined ? undefined : (after - before) / requests,
				};
			};
		const { keyless, empty, full, byHand } = contenders;
		const measured = await interleave(
			{ keyless: round(keyless), empty: round(empty), full: round(full), byHand: round(byHand) },
			scale,
			(done, of) => say(`${connections} at a time: round ${done} of ${of}`),
		);
		found.push(atLoad(`${title}, ${connections} submissions at a time`, requests, measured));
	}
	found.push(await oneByOne(title, contenders, scale, say));
	found.push(await inBulk(title, contenders, scale, say));
	return together(found);
}

type Of<T> = Readonly<Record<'keyless' | 'empty' | 'full' | 'byHand', T>>;

function atLoad(title: string, requests: number, measured: Of<readonly Measured[]>): Findings {
	const each = (of: readonly Measured[]) => of.map(({ took }) => took / requests);
	const rows: Row[] = [];
	const claims: Claim[] = [];
	for (const [store, ours] of [
		['store empty', measured.empty],
		['store full', measured.full],
	] as const) {
		const what = `${title}, ${store}`;
		for (const [against, theirs] of [
			[WITHOUT, measured.keyless],
			[BY_HAND, measured.byHand],
		] as const) {
			rows.push(compare({ case: name, what, unit: 'ms', ours: each(ours), against, theirs: each(theirs) }));
			const [mine, others] = [writtenIn(ours), writtenIn(theirs)];
			if (mine === undefined || others === undefined) continue;
			const bytes = `${what}, written to the database`;
			rows.push(compare({ case: name, what: bytes, unit: 'kB', ours: mine, against, theirs: others }));
		}
		claims.push(
			claim({
				case: name,
				title: `${what}: at most ${LIMIT} × of the same without a key`,
				samples: ratios(each(ours), each(measured.keyless)),
				limit: LIMIT,
				unit: '×',
			}),
		);
	}
	return { rows, claims };
}

/** Kilobytes for a submission, round by round. */
function writtenIn(measured: readonly Measured[]): number[] | undefined {
	const written = measured.flatMap(({ written: bytes }) => bytes ?? []);
	return written.length === measured.length ? written.map((bytes) => bytes / 1000) : undefined;
}

/**
 * One submission after the other, where nothing can be shared: what a key adds stands beside what
 * n8n's Remove Duplicates takes, which reads its row three times and writes it once.
 */
async function oneByOne(title: string, contenders: Of<Contender>, scale: Scale, say: Say): Promise<Findings> {
	const requests = scale.quick ? 10 : 50;
	const round = (contender: Contender) => async () => {
		const { latencies } = await loadEach(contender.submission, { connections: 1, requests });
		return { each: median(latencies), node: await contender.remembering() };
	};
	const measured = await interleave(
		{
			keyless: round(contenders.keyless),
			empty: round(contenders.empty),
			full: round(contenders.full),
			byHand: round(contenders.byHand),
		},
		scale,
		(done, of) => say(`one at a time: round ${done} of ${of}`),
	);
	const each = (of: ReadonlyArray<{ each: number }>) => of.map((one) => one.each);
	const keyless = each(measured.keyless);
	const rows: Row[] = [];
	for (const [store, ours] of [
		['store empty', each(measured.empty)],
		['store full', each(measured.full)],
	] as const) {
		const what = `${title}, one submission at a time, ${store}, p50`;
		rows.push(
			compare({ case: name, what, unit: 'ms', ours, against: WITHOUT, theirs: keyless }),
			compare({ case: name, what, unit: 'ms', ours, against: BY_HAND, theirs: each(measured.byHand) }),
		);
	}
	const adds = byRound(each(measured.full), keyless, (once, without) => once - without);
	rows.push(
		compare({
			case: name,
			what: `${title}, what a key adds to one submission at a time, store full`,
			unit: 'ms',
			ours: adds,
			against: 'Remove Duplicates by itself',
			theirs: measured.byHand.map(({ node }) => Math.max(node, 1)),
		}),
	);
	return { rows, claims: [] };
}

/** Very many events in one run, with a key each. */
async function inBulk(title: string, { keyless, full }: Of<Contender>, scale: Scale, say: Say): Promise<Findings> {
	const count = scale.quick ? 10_000 : 100_000;
	const round =
		({ upload }: Contender) =>
		async () =>
			await upload(count);
	const took = await interleave({ keyless: round(keyless), full: round(full) }, { ...scale, rounds: 3 }, (done, of) =>
		say(`${count} events in a run: round ${done} of ${of}`),
	);
	const what = `${title}, ${count.toLocaleString('en')} events in one run`;
	const rows = [compare({ case: name, what, unit: 'ms', ours: took.full, against: WITHOUT, theirs: took.keyless })];
	const perKey = byRound(took.full, took.keyless, (once, without) => ((once - without) * 1000) / count);
	const claims = [
		claim({
			case: name,
			title: `${what}: at most ${LIMIT_IN_BULK} × of the same without a key`,
			samples: ratios(took.full, took.keyless),
			limit: LIMIT_IN_BULK,
			unit: '×',
			because: `A key takes ${inDigits(spreadOf(perKey).median)} µs of its own.`,
		}),
	];
	return { rows, claims };
}
