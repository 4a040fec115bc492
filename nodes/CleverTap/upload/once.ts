import { sleep, UserError, type IExecuteFunctions } from 'n8n-workflow';

import { isFailed, skipped, type Verdict } from '../result/verdict';

/** How many uploads a node remembers; two marks each while one is under way, one when it is done. */
const REMEMBERED_UPLOADS = 10_000;

/** How often marks are set that another worker's write keeps taking away. */
const ROUNDS = 3;

/** A set of marks that outlives the execution and the process. */
export interface MarkStore {
	/** Sets marks and tells which of them were there before. All of a call are set, or none. */
	set(marks: readonly string[]): Promise<ReadonlySet<string>>;
	/** Never fails: a mark that stays costs a second upload at most. */
	clear(marks: readonly string[]): Promise<void>;
}

/** What the marks say of a key before an upload. */
export type Standing =
	/** No attempt that could have stored the event. */
	| 'new'
	/** An attempt began and its end is not known. */
	| 'open'
	/** An attempt succeeded. */
	| 'done';

/**
 * Upload Once: one event per key, remembered in n8n's own deduplication store.
 *
 * The store can only be asked by writing to it, and n8n can be killed at any moment. So a key has two
 * marks: *seen* stays, *open* is there while it is unknown whether the upload succeeded. Both are set in
 * one write before the upload; success takes *open* away, a certain refusal takes both. Seen without
 * open is done, and only that is skipped. Asking about a done key sets *open* again until the answer
 * is in; a kill just then costs a second upload, never a lost one.
 *
 * The store keeps all marks of a node in one row, and of two workers that write it at the same moment
 * the later one wins: the other's marks are gone. So *seen* is set again after the upload. With "Never
 * Send Twice" the marks are looked at before it, too, after as long as another worker may need that has
 * read the row and not yet written it; where they do not stay, nothing is sent. A worker would have to
 * hold the row as it was before all of that, and write it after. Within one process the turns below
 * prevent it.
 *
 * Windows in which an event can still be stored twice: n8n is killed between CleverTap's taking the
 * event and the clearing of the mark; another worker brings *open* back at that moment; the same key
 * is uploaded by two executions at once; more than 10,000 later keys came between. With "Never Send
 * Twice" an open key is not sent again, so the first two of these close.
 */
export class UploadOnce {
	constructor(
		private readonly store: MarkStore,
		private readonly neverTwice: boolean,
	) {}

	/**
	 * The verdicts of keys that must not be sent now; `undefined` for those that are to be sent.
	 *
	 * @throws if the store does not answer, or does not keep what "Never Send Twice" relies on; the marks
	 * are then as they were
	 */
	async begin(keys: readonly string[]): Promise<Array<Verdict | undefined>> {
		const marks = keys.flatMap((key) => [seen(key), open(key)]);
		const start = performance.now();
		const before = await this.store.set(marks);
		if (this.neverTwice) {
			await sleep(2 * (performance.now() - start));
			if (!(await this.keep(marks))) {
				await this.store.clear(marks.filter((mark) => !before.has(mark)));
				throw new UserError('Other workers keep overwriting the marks');
			}
		}
		const standings = keys.map((key): Standing => {
			if (!before.has(seen(key))) return 'new';
			return before.has(open(key)) ? 'open' : 'done';
		});
		const done = keys.filter((_, index) => standings[index] === 'done');
		await this.store.clear(done.map(open));

		return standings.map((standing) => {
			if (standing === 'done') return skipped('Uploaded before with the same Upload Once key');
			if (standing === 'open' && this.neverTwice) {
				return skipped('An earlier attempt ended without an answer; with "Never Send Twice" it is not sent again');
			}
			return undefined;
		});
	}

	/** Forgets an attempt that was given up before CleverTap could take anything. */
	async abandon(keys: readonly string[]): Promise<void> {
		await this.store.clear(keys.flatMap((key) => [seen(key), open(key)]));
	}

	/** Remembers how the uploads of these keys ended. */
	async end(verdicts: ReadonlyArray<readonly [key: string, verdict: Verdict]>): Promise<void> {
		const gone: string[] = [];
		const kept: string[] = [];
		for (const [key, verdict] of verdicts) {
			if (!isFailed(verdict)) {
				gone.push(open(key));
				kept.push(seen(key));
			} else if (verdict.status === 'refused') {
				gone.push(seen(key), open(key));
			} else {
				kept.push(seen(key), open(key));
			}
		}
		await this.store.clear(gone);
		// They were set before the upload; a store that does not answer now may still have them.
		await this.keep(kept).catch(() => undefined);
	}

	/** Sets marks until the store has had them before; false if it never had. */
	private async keep(marks: readonly string[]): Promise<boolean> {
		for (let round = 0; round < ROUNDS && marks.length > 0; round++) {
			const before = await this.store.set(marks);
			if (marks.every((mark) => before.has(mark))) return true;
		}
		return marks.length === 0;
	}
}

/** The verdict of an item whose key another item of the same run has. */
export function followed(first: Verdict): Verdict {
	if (first.status === 'accepted') return skipped('Another item of this run has the same Upload Once key');
	return first;
}

/** The verdict where the store does not answer: nothing was sent. */
export const STORE_UNAVAILABLE: Verdict = {
	status: 'refused',
	reason: 'n8n’s store of uploaded keys did not keep the key',
	advice:
		'Nothing was sent. Save the workflow if it is new, check n8n’s database, and run the node again. In queue mode, let each worker run fewer executions at once.',
};

/** n8n's deduplication store, in this node's own compartment. */
export function nodeMarkStore(context: IExecuteFunctions): MarkStore {
	const options = { mode: 'entries' as const, maxEntries: 2 * REMEMBERED_UPLOADS };
	return {
		set: async (marks) => {
			const result = await inTurn(
				async () => await context.helpers.checkProcessedAndRecord([...marks], 'node', options),
			);
			return new Set(result.processed.map(String));
		},
		clear: async (marks) => {
			if (marks.length === 0) return;
			try {
				await inTurn(async () => await context.helpers.removeProcessed([...marks], 'node', options));
			} catch {
				// What was uploaded stays uploaded; only a later attempt could send it again.
				context.logger.warn(
					`n8n’s store of uploaded keys did not answer; ${marks.length} uploads may be sent again on a later attempt`,
				);
			}
		},
	};
}

/** The store reads and writes in two steps; one process must not do that twice at once. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs after all work that was handed in before; once more if it fails, as it does for one of two
 * workers that write a node's first mark at the same moment.
 */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const mine = turn.then(work).catch(work);
	turn = mine.catch(() => undefined);
	return await mine;
}

const seen = (key: string) => `seen:${key}`;
const open = (key: string) => `open:${key}`;
