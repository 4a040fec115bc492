import { sleep, UserError } from 'n8n-workflow';

import { isFailed, skipped, type Verdict } from '../result/verdict';
import { type MarkStore } from './sharedMarks';

/** How often marks are set that another worker's write keeps taking away. */
const ROUNDS = 3;

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
 * The store can only be asked by setting what one asks for, and n8n can be killed at any moment. So a key
 * has several marks, and no single call leaves it with those of an upload that succeeded:
 *
 * | marks | what they say |
 * |---|---|
 * | none | new |
 * | seen, open | an attempt has begun |
 * | seen, open, done | an attempt has succeeded |
 * | seen | the same, in a third of the room; version 1.0.0 wrote only this |
 * | seen, open, done, asked | somebody has asked for *done*, and so set it: it says no more than *open* |
 *
 * A first upload takes two calls: *seen* and *open* before it, *done* after it. Both set marks, so that
 * uploads that begin and uploads that end can share one. In a process that lives on nobody waits for the
 * second, which then costs nothing where others begin. *open* and *done* are discarded some time later,
 * those of several uploads together. A certain refusal takes all marks away. Only a key that comes again,
 * after a success or a kill, costs more: *open* is taken back where it was not there, and where it was,
 * *done* has to be asked for.
 *
 * All marks of a node are in one row, and of two workers that write it at the same moment the later one
 * wins: what the other wrote is gone. The row is then as it was before, so that nothing counts as done
 * that is not; but what is done may count as open, or as new. So all three marks are set after an upload,
 * and again where the first two were missing. With "Never Send Twice" those are looked at before it, too,
 * after as long as another worker may need that has read the row and not yet written it; where they do not
 * stay, nothing is sent. A worker would have to hold the row as it was before all of that, and write it
 * after.
 *
 * Windows in which an event can still be stored twice:
 * - n8n is killed between CleverTap's taking the event and the setting of *done*, or stopped in the quarter
 *   of a second after a run that did not wait for it;
 * - n8n is killed while it asks about a key that is done, before it has taken *open* back;
 * - another worker's write takes *done* away, or brings *open* back;
 * - two executions have the same key at once, or another worker has it before *done* is set;
 * - more later keys came between than are remembered.
 *
 * With "Never Send Twice" an open key is not sent again, so the first three close, but for the worker above.
 */
export class UploadOnce {
	/** Keys of which *done* and *asked* are set though nobody knows whether they are stored. */
	private readonly asked = new Set<string>();

	/**
	 * @param isLongLived whether the process goes on after the run, so that the run need not wait until an
	 * upload is noted
	 */
	constructor(
		private readonly store: MarkStore,
		private readonly neverTwice: boolean,
		private readonly isLongLived = false,
	) {}

	/**
	 * The verdicts of keys that must not be sent now; `undefined` for those that are to be sent.
	 *
	 * @throws if the store does not answer, or does not keep what "Never Send Twice" relies on; the marks
	 * are then as they were, or say that an attempt has begun
	 */
	async begin(keys: readonly string[]): Promise<Array<Verdict | undefined>> {
		this.store.underWay(keys.length);
		const sent: string[] = [];
		try {
			const standings = await this.standings(keys);
			return keys.map((key, index) => {
				const standing = standings[index];
				if (standing === 'done') return skipped('Uploaded before with the same Upload Once key');
				if (standing === 'open' && this.neverTwice) {
					return skipped('An earlier attempt ended without an answer; with "Never Send Twice" it is not sent again');
				}
				sent.push(key);
				return undefined;
			});
		} finally {
			this.store.underWay(sent.length - keys.length);
		}
	}

	private async standings(keys: readonly string[]): Promise<Standing[]> {
		const marks = keys.flatMap(begun);
		const start = performance.now();
		const before = await this.store.set(marks);
		if (this.neverTwice && !(await this.keep(marks, [], 2 * (performance.now() - start)))) {
			await this.store.clear(marks.filter((mark) => !before.has(mark)));
			throw new UserError('Other workers keep overwriting the marks');
		}
		// The oldest marks go first, and here *seen* has. Set anew now, it would outlive *open*.
		const torn = keys.filter((key) => !before.has(seen(key)) && before.has(open(key)));
		if (torn.length > 0) {
			await this.store.clear(torn.flatMap(begun));
			await this.store.set(torn.flatMap(begun));
		}
		const known = keys.filter((key) => before.has(seen(key)));
		if (known.length === 0) return keys.map(() => 'new');

		const unclear = known.filter((key) => before.has(open(key)));
		const then = unclear.length > 0 ? await this.store.set(unclear.flatMap(all)) : new Set<string>();
		const standings = keys.map((key): Standing => {
			if (!before.has(seen(key))) return 'new';
			if (!before.has(open(key))) return 'done';
			// It may have ended since.
			if (!then.has(seen(key))) return 'open';
			return !then.has(open(key)) || (then.has(done(key)) && !then.has(asked(key))) ? 'done' : 'open';
		});
		const isDone = new Set(keys.filter((_, index) => standings[index] === 'done'));
		for (const key of unclear) if (!isDone.has(key)) this.asked.add(key);
		await this.store.clear(
			[...isDone].flatMap((key) => (before.has(open(key)) ? [open(key), done(key), asked(key)] : [open(key)])),
		);
		return standings;
	}

	/** Forgets an attempt that was given up before CleverTap could take anything. */
	async abandon(keys: readonly string[]): Promise<void> {
		await this.store.clear(keys.flatMap((key) => this.marksOf(key)));
		this.store.underWay(-keys.length);
	}

	/**
	 * Remembers how the uploads of these keys ended. What is to be sent again is free to be when it returns.
	 *
	 * @returns when what is stored is `noted`; in a process that lives on that may be later
	 */
	async end(
		verdicts: ReadonlyArray<readonly [key: string, verdict: Verdict]>,
	): Promise<{ readonly noted: Promise<void> }> {
		const stored = verdicts.flatMap(([key, verdict]) => (isFailed(verdict) ? [] : [key]));
		const refused = verdicts.flatMap(([key, { status }]) => (status === 'refused' ? [key] : []));
		const unknown = verdicts.flatMap(([key, { status }]) => (status === 'unknown' ? [key] : []));
		// Of what is stored, *done* tells the truth now.
		const gone = stored.filter((key) => this.asked.has(key)).map(asked);
		await this.store.clear([...refused.flatMap((key) => this.marksOf(key)), ...gone]);
		const kept = this.neverTwice ? [...stored, ...unknown] : stored;
		this.store.underWay(kept.length - verdicts.length);
		const noted = this.note(kept, stored);
		if (!this.isLongLived) await noted;
		return { noted };
	}

	/** Never fails: the marks were set before the upload, and a store that does not answer now may still have them. */
	private async note(keys: readonly string[], stored: readonly string[]): Promise<void> {
		if (keys.length === 0) return;
		await this.keepAfter(keys, stored).catch(() => this.store.warn());
		this.store.discard(stored.flatMap((key) => [open(key), done(key)]));
		if (!this.isLongLived) this.store.underWay(-keys.length);
	}

	/** Sets *done* of what is stored, and again what was set of all these keys before the upload, should it be gone. */
	private async keepAfter(keys: readonly string[], stored: readonly string[]): Promise<void> {
		// What was set in one call is gone together, and where there is no room the last goes last.
		const witness = begun(keys.at(-1) as string);
		const marks = [...witness, ...stored.map(done)];
		const before = await (this.isLongLived ? this.store.note(marks, keys.length) : this.store.set(marks));
		if (!witness.every((mark) => before.has(mark))) await this.keep(keys.flatMap(begun), stored.map(done));
	}

	/** Sets marks, and more with them, after a pause each time, until they were there before; false if they never were. */
	private async keep(marks: readonly string[], more: readonly string[] = [], pause = 0): Promise<boolean> {
		for (let round = 0; round < ROUNDS && marks.length > 0; round++) {
			if (pause > 0) await sleep(pause);
			const before = await this.store.set([...marks, ...more]);
			if (marks.every((mark) => before.has(mark))) return true;
		}
		return marks.length === 0;
	}

	private marksOf(key: string): readonly string[] {
		return this.asked.has(key) ? all(key) : begun(key);
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

const seen = (key: string) => `seen:${key}`;
const open = (key: string) => `open:${key}`;
const done = (key: string) => `done:${key}`;
const asked = (key: string) => `asked:${key}`;
const begun = (key: string) => [seen(key), open(key)];
// *done* before *asked*: the oldest marks go first.
const all = (key: string) => [seen(key), open(key), done(key), asked(key)];
