import { isRepeatable, type UploadRecord } from '../result/record';
import { isFailed, type Failed, type Verdict } from '../result/verdict';
import { closedByRefusedCredentials, type CleverTapClient } from '../transport/client';
import { atMost, cutBatches, runBatches } from './batches';
import type { EarlierTries } from './earlierTries';
import { followed, STORE_UNAVAILABLE, type UploadOnce } from './once';
import type { Prepared } from './preparedItem';
import { sendUpload, type SendPolicy } from './policies';

export interface UploadPolicy extends SendPolicy {
	/** Records in a request, at most. */
	readonly batchSize: number;
	/** Requests under way at a time, at most. */
	readonly concurrency: number;
	/** Whether items show their records. */
	readonly includeRecord?: boolean;
}

/**
 * Sends the records of all items, batch by batch, and gives one verdict per item, at the item's own
 * number. An item with two records succeeds only if both were accepted. Items are asked for as their
 * batches can start, and nothing of them is kept afterwards but what a later try must not send again.
 *
 * @throws only what the client throws when the execution is cancelled
 */
export async function uploadAll(
	client: CleverTapClient,
	items: Iterable<Prepared>,
	policy: UploadPolicy,
	once?: UploadOnce,
	tries?: EarlierTries,
): Promise<Verdict[]> {
	const verdicts: Array<Verdict | undefined> = [];
	const firstOf = new Map<number, number>();

	/** What goes out: of items with the same Upload Once key only the first, whose verdict the others follow. */
	function* firsts(): Generator<Prepared> {
		const holders = new Map<string, number>();
		for (const prepared of items) {
			const { item } = prepared;
			// Its place is there before any later one's: verdicts come in another order.
			verdicts[item] = undefined;
			const key = once ? prepared.onceKey : undefined;
			if (key !== undefined) {
				const first = holders.get(key);
				if (first !== undefined) {
					firstOf.set(item, first);
					continue;
				}
				holders.set(key, item);
			}
			const settled = settledIn(prepared, policy, tries);
			if (settled === undefined) yield prepared;
			else verdicts[item] = settled;
		}
	}

	const closing = closedByRefusedCredentials(client);
	const batches = cutBatches(firsts(), policy.batchSize, ({ records }) => records.length);
	const inTurn = atMost(policy.concurrency);
	await runBatches(batches, policy.concurrency * aheadOf(policy, once), async (entries) => {
		const send = async (open: readonly Prepared[]) =>
			await inTurn(async () => await sendEntries(closing, open, policy, tries));
		const results = await onlyOnce(entries, once, send);
		entries.forEach((entry, index) => {
			// What an earlier try stored is no news to the store of Upload Once.
			verdicts[entry.item] = settledIn(entry, policy, tries) ?? results[index];
		});
	});

	for (const [item, first] of firstOf) verdicts[item] = followed(verdicts[first] as Verdict);
	return verdicts as Verdict[];
}

/**
 * How many batches are under way for each that is being sent. While some are sent, the store is asked of the next
 * ones and told of the last ones, of several in one call. Not with "Never Send Twice": what has begun when n8n is
 * killed is not sent again.
 */
function aheadOf({ unconfirmedEvents }: SendPolicy, once?: UploadOnce): number {
	return once === undefined || unconfirmedEvents === 'neverTwice' ? 1 : 2;
}

/** How an item ended, and how that of its records ended which Upload Once remembers. */
interface Result {
	readonly verdict: Verdict;
	readonly event: Verdict;
}

/** Asks the store before sending and tells it afterwards. */
async function onlyOnce(
	entries: readonly Prepared[],
	once: UploadOnce | undefined,
	sendThem: (entries: readonly Prepared[]) => Promise<Result[]>,
): Promise<Verdict[]> {
	if (!once) return (await sendThem(entries)).map(({ verdict }) => verdict);
	const keyOf = ({ onceKey }: Prepared) => onceKey ?? '';
	const known = await once.begin(entries.map(keyOf)).catch(() => undefined);
	if (known === undefined) return entries.map(() => STORE_UNAVAILABLE);

	const open = entries.filter((_, index) => known[index] === undefined);
	// A skipped item's profile goes out all the same: updating it again does no harm, and it may have
	// been refused when the event was stored.
	const toSend = entries.flatMap((entry, index) => {
		if (known[index] === undefined) return [entry];
		const profiles = entry.records.filter(({ type }) => type === 'profile');
		return profiles.length > 0 ? [{ ...entry, records: profiles }] : [];
	});
	if (toSend.length === 0) return known as Verdict[];
	let results: Result[] | undefined;
	try {
		results = await sendThem(toSend);
	} finally {
		// Cancelled while waiting: a later attempt must send what this one did not.
		if (results === undefined) await once.abandon(open.map(keyOf));
	}
	const byItem = new Map(toSend.map(({ item }, index) => [item, results[index] as Result]));
	await once.end(open.map((entry) => [keyOf(entry), (byItem.get(entry.item) as Result).event] as const));
	return entries.map(({ item }, index) => {
		const sent = byItem.get(item)?.verdict;
		const skip = known[index];
		if (skip === undefined || (sent && isFailed(sent))) return sent as Verdict;
		return sent ? { ...skip, sent: 'profile' } : skip;
	});
}

async function sendEntries(
	client: CleverTapClient,
	entries: readonly Prepared[],
	policy: UploadPolicy,
	tries?: EarlierTries,
): Promise<Result[]> {
	const openIn = ({ item, records }: Prepared) =>
		tries === undefined ? records : records.filter(({ type }) => tries.settled(item, type) === undefined);
	const open = entries.flatMap(openIn);
	const verdicts = open.length === 0 ? [] : await sendUpload(client, open, policy);
	let next = 0;
	return entries.map((entry) => {
		const { length } = openIn(entry);
		const own = verdicts.slice(next, next + length);
		next += length;
		return together(tries === undefined ? own : withEarlier(entry, own, policy, tries), policy);
	});
}

/** The verdicts of all records of an item, of which some may be of earlier tries; the new ones are kept for later ones. */
function withEarlier(
	entry: Prepared,
	own: readonly Verdict[],
	policy: UploadPolicy,
	tries: EarlierTries,
): readonly Verdict[] {
	const { item, output, adjusted, isBare = false } = entry;
	const records = policy.includeRecord === true ? { records: entry.records } : {};
	let next = 0;
	return entry.records.map((record) => {
		const settled = tries.settled(item, record.type);
		if (settled !== undefined) return settled;
		const verdict = own[next++] as Verdict;
		tries.note(item, record.type, verdict, maySendTwice(record, policy), { output, adjusted, isBare, ...records });
		return verdict;
	});
}

/** Whether a later try sends a record again of which nobody knows whether CleverTap has it. */
function maySendTwice(record: UploadRecord, { dryRun, unconfirmedEvents }: SendPolicy): boolean {
	if (dryRun) return true;
	return record.type === 'event' ? unconfirmedEvents !== 'neverTwice' : isRepeatable(record);
}

/** The verdict of an item of which nothing is left to send. */
function settledIn({ item, records }: Prepared, policy: SendPolicy, tries?: EarlierTries): Verdict | undefined {
	if (tries === undefined) return undefined;
	const verdicts = records.flatMap(({ type }) => tries.settled(item, type) ?? []);
	return verdicts.length === records.length ? together(verdicts, policy).verdict : undefined;
}

/** One verdict for an item's records: if only one failed, its own and what became of the other. */
export function together(verdicts: readonly Verdict[], { dryRun }: SendPolicy): Result {
	const event = verdicts.at(-1) as Verdict;
	const failures = verdicts.filter(isFailed);
	const [failure] = failures;
	if (failure === undefined || failures.length === verdicts.length) return { verdict: event, event };
	const other = dryRun ? otherOfTrial(event) : otherOf(event, failure);
	const reason = `${other}: ${failure.reason}`;
	if (dryRun) return { verdict: { ...failure, reason }, event };
	return { verdict: { ...failure, reason, sent: isFailed(event) ? 'profile' : 'event' }, event };
}

function otherOf(event: Verdict, { status }: Failed): string {
	const not = status === 'unknown' ? 'may not be' : 'was not';
	return isFailed(event)
		? `The profile was updated, the event ${not} stored`
		: `The event was stored, the profile ${not}`;
}

function otherOfTrial(event: Verdict): string {
	return isFailed(event) ? 'The profile is valid, the event is not' : 'The event is valid, the profile is not';
}
