import { sleep, type IExecuteFunctions } from 'n8n-workflow';

/** The row of a node in n8n's deduplication store. Each call reads the whole row, and writes it. */
export interface MarkRow {
	/**
	 * Sets marks and gives those that were there before. All of a call are set, or none. Where there are
	 * more than `room` then, the oldest go.
	 */
	set(marks: readonly string[], room: number): Promise<readonly string[]>;
	/** Takes marks away, each with a search through the row from its oldest mark on. */
	clear(marks: readonly string[]): Promise<void>;
}

/** Marks that outlive the execution and the process. */
export interface MarkStore {
	/** Sets marks and tells which of them were there before. All of a call are set, or none. */
	set(marks: readonly string[]): Promise<ReadonlySet<string>>;
	/** The same for marks for which nobody waits, of so many uploads that have ended: they go along with others. */
	note(marks: readonly string[], ended: number): Promise<ReadonlySet<string>>;
	/** Never fails: a mark that stays costs a second upload at most, and n8n's log says so. */
	clear(marks: readonly string[]): Promise<void>;
	/** Says in n8n's log that what was uploaded could not be noted. */
	warn(): void;
	/** Takes marks away some time, or never: they tell nothing any more and only need room. */
	discard(marks: readonly string[]): void;
	/** Says how many more uploads are under way now, or fewer. */
	underWay(change: number): void;
}

/** What an execution brings along: its own way to the row, and how many uploads its node is to remember. */
export interface Caller {
	readonly row: MarkRow;
	readonly remembered: number;
}

interface Call {
	readonly caller: Caller;
	readonly marks: readonly string[];
	readonly done: (before: ReadonlySet<string>) => void;
	readonly failed: (error: unknown) => void;
}

/** So many marks are discarded at once, at most: n8n searches the row for each of them and does nothing else meanwhile. */
const MOST_DISCARDED = 200;
/** How much longer than a call that discards is the time until the next one, in which n8n does something else. */
const SHARE_OF_REST = 4;
/** So many must be there before they are worth a call where nobody asks anything. */
const WORTH_A_CALL = 20;
/** Nobody asks anything who has not for so long, in milliseconds. */
const QUIET = 1000;
/** Marks that an upload has at most while it is under way, beside the one that stays. */
const MARKS_UNDER_WAY = 3;
/** With so many uploads under way none is discarded: a large run would wait for that longer than for all else. */
const LARGE = 200;
/** The longest pause between two calls, in milliseconds. */
const LONGEST_PAUSE = 100;
/** How long marks for which nobody waits wait for others to go with, in milliseconds. */
const NOTED_WITHIN = 250;

/** How long the calls of a row wait for each other. */
export interface Pace {
	/** How many marks must be there before some are discarded in a quiet moment. */
	readonly worthACall: number;
	/** How long nobody may have asked anything then, in milliseconds. */
	readonly quiet: number;
	/** Waits for so many milliseconds. */
	readonly wait: (ms: number) => Promise<void>;
}

const PACE: Pace = { worthACall: WORTH_A_CALL, quiet: QUIET, wait: sleep };

/**
 * The row of one node, for all executions of this process. Calls that wait go out together, since a call
 * costs nearly the same however many marks it has; one is under way at a time, since n8n reads and writes
 * in two steps. What the row holds is asked each time, and never remembered: other workers write it, too.
 *
 *     set [a], set [b], set [a] at the same moment → one call, set [a, b]; the third is told that a was there
 */
export class SharedMarks {
	private setting: Call[] = [];
	private clearing: Call[] = [];
	private noting: Call[] = [];
	private readonly discarded: string[] = [];
	private uploads = 0;
	/** Of those under way, the ones that are only to be noted. */
	private ended = 0;
	private latest: Caller | undefined;
	private isAtWork = false;
	/** When the last call ended, by the clock of `performance`. */
	private calledAt = 0;
	/** The most that were under way at a time since the last call. */
	private company = 0;
	/** How long the next call waits for others, in milliseconds. */
	private pauses = 0;
	private isResting = false;
	/** Ends the pause if it has had what it waits for. */
	private look: () => void = () => undefined;

	constructor(private readonly pace: Pace = PACE) {}

	/** @throws what the row throws: nothing is set then */
	async set(caller: Caller, marks: readonly string[]): Promise<ReadonlySet<string>> {
		return await this.inNext((call) => this.setting.push(call), caller, marks);
	}

	/**
	 * Sets marks of so many uploads that have ended, for which nobody waits: with the next call that somebody waits
	 * for, or some time later. The uploads are over then.
	 *
	 * @throws what the row throws: nothing is set then
	 */
	async note(caller: Caller, marks: readonly string[], ended: number): Promise<ReadonlySet<string>> {
		this.ended += ended;
		try {
			return await this.inNext((call) => this.noting.push(call), caller, marks);
		} finally {
			this.ended -= ended;
			this.underWay(-ended);
		}
	}

	/** @throws what the row throws */
	async clear(caller: Caller, marks: readonly string[]): Promise<void> {
		await this.inNext((call) => this.clearing.push(call), caller, marks);
	}

	/** Takes marks away in a call of its own, some time, for which nobody waits. */
	discard(caller: Caller, marks: readonly string[]): void {
		this.latest = caller;
		// The row lets older ones go by itself.
		this.discarded.push(...marks);
		this.discarded.splice(0, this.discarded.length - 2 * caller.remembered);
		this.start();
	}

	/** Makes room for the marks of so many uploads more, or fewer, beside those that are to be remembered. */
	underWay(change: number): void {
		this.uploads += change;
		this.company = Math.max(this.company, this.active);
	}

	private async inNext(add: (call: Call) => void, caller: Caller, marks: readonly string[]) {
		return await new Promise<ReadonlySet<string>>((done, failed) => {
			add({ caller, marks, done, failed });
			this.start();
			this.look();
		});
	}

	private start(): void {
		if (this.isAtWork) return;
		this.isAtWork = true;
		void this.work();
	}

	private async work(): Promise<void> {
		// Batches that begin at the same moment go together.
		await Promise.resolve();
		for (;;) {
			await this.pause();
			const start = performance.now();
			const { clearing } = this;
			// An upload that has ended did so before others that begin now.
			const setting = [...this.noting, ...this.setting];
			this.clearing = [];
			this.noting = [];
			this.setting = [];
			await share(clearing, async ({ row }, marks) => {
				await row.clear(marks);
				return [];
			});
			await share(setting, async ({ row, remembered }, marks) => await row.set(marks, this.room(remembered)));
			if (clearing.length + setting.length > 0) this.isCalled(performance.now() - start);
			if (this.mayDiscard()) {
				await this.discardSome();
			} else if (!this.isWaitedFor() && this.noting.length === 0) {
				this.isAtWork = false;
				if (this.uploads < LARGE && this.discarded.length >= this.pace.worthACall) this.rest(this.pace.quiet);
				return;
			}
		}
	}

	private isCalled(took: number): void {
		this.calledAt = performance.now();
		this.pauses = Math.min(took * this.company, LONGEST_PAUSE);
		this.company = this.active;
	}

	/** The more uploads were under way of late, the longer it is worth to wait for others, until as many are there. */
	private async pause(): Promise<void> {
		if (!this.isWaitedFor() && this.noting.length > 0) {
			await this.waitUntil(() => this.isWaitedFor(), NOTED_WITHIN);
		}
		if (!this.isWaitedFor()) return;
		if (this.isQuiet()) this.company = this.active;
		if (this.pauses > 0 && this.uploads < LARGE && !this.allWait()) {
			await this.waitUntil(() => this.allWait(), this.pauses);
		}
	}

	/** Waits for what only another call can bring about, for so many milliseconds at most. */
	private async waitUntil(isSo: () => boolean, ms: number): Promise<void> {
		const itIsSo = new Promise<void>((resolve) => {
			this.look = () => {
				if (isSo()) resolve();
			};
		});
		await Promise.race([this.pace.wait(ms), itIsSo]);
	}

	/** Uploads under way that may still be waited for. */
	private get active(): number {
		return this.uploads - this.ended;
	}

	private isWaitedFor(): boolean {
		return this.clearing.length + this.setting.length > 0;
	}

	/** Whether as many wait as were under way of late: an upload has one call at a time. */
	private allWait(): boolean {
		return this.clearing.length + this.setting.length >= this.company;
	}

	private room(remembered: number): number {
		// A killed process leaves some marks behind that nobody discards.
		return remembered + Math.ceil(remembered / 10) + MARKS_UNDER_WAY * this.uploads + this.discarded.length;
	}

	private isQuiet(): boolean {
		return performance.now() - this.calledAt >= this.pace.quiet;
	}

	private mayDiscard(): boolean {
		if (this.uploads >= LARGE || this.isResting) return false;
		return this.discarded.length >= (this.isQuiet() ? this.pace.worthACall : MOST_DISCARDED);
	}

	private async discardSome(): Promise<void> {
		const start = performance.now();
		const some = this.discarded.splice(0, MOST_DISCARDED);
		// What stays does no harm.
		await this.latest?.row.clear(some).catch(() => undefined);
		this.rest(SHARE_OF_REST * (performance.now() - start));
	}

	/** Discards nothing for so many milliseconds, and looks then whether there is something to discard. */
	private rest(ms: number): void {
		if (this.isResting) return;
		this.isResting = true;
		void this.pace.wait(ms).then(() => {
			this.isResting = false;
			this.start();
		});
	}
}

/** One call for all who wait; each is told as if it had been its turn after those before it. */
async function share(
	calls: readonly Call[],
	work: (caller: Caller, marks: readonly string[]) => Promise<readonly string[]>,
): Promise<void> {
	const [first] = calls;
	if (first === undefined) return;
	const all = new Set<string>();
	const earlier = calls.map(({ marks }) => {
		const common = marks.filter((mark) => all.has(mark));
		marks.forEach((mark) => all.add(mark));
		return common;
	});
	const remembered = Math.max(...calls.map(({ caller }) => caller.remembered));
	const caller = { row: first.caller.row, remembered };
	const marks = [...all];
	try {
		// Once more if it fails, as it does for one of two workers that write a node's first mark at the same moment.
		const before = new Set(await work(caller, marks).catch(async () => await work(caller, marks)));
		calls.forEach(({ marks: own, done }, index) =>
			done(new Set([...own.filter((mark) => before.has(mark)), ...(earlier[index] ?? [])])),
		);
	} catch (error) {
		for (const { failed } of calls) failed(error);
	}
}

/** The rows that this process has to do with; a few bytes for each node with an Upload Once Key. */
const rows = new Map<string, SharedMarks>();

/** n8n's deduplication store, in this node's own compartment. */
export function nodeMarkStore(context: IExecuteFunctions, remembered: number): MarkStore {
	const { helpers, logger } = context;
	const id = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const shared = rows.get(id) ?? new SharedMarks();
	rows.set(id, shared);
	const row: MarkRow = {
		set: async (marks, room) => {
			const options = { mode: 'entries' as const, maxEntries: room };
			return (await helpers.checkProcessedAndRecord([...marks], 'node', options)).processed.map(String);
		},
		clear: async (marks) => await helpers.removeProcessed([...marks], 'node', { mode: 'entries' }),
	};
	const caller = { row, remembered };
	const warn = () =>
		logger.warn('n8n’s store of uploaded keys did not answer; an event that was uploaded may be sent again later');
	return {
		set: async (marks) => await shared.set(caller, marks),
		note: async (marks, ended) => await shared.note(caller, marks, ended),
		clear: async (marks) => {
			if (marks.length === 0) return;
			// What was uploaded stays uploaded; only a later attempt could send it again.
			await shared.clear(caller, marks).catch(warn);
		},
		warn,
		discard: (marks) => shared.discard(caller, marks),
		underWay: (change) => shared.underWay(change),
	};
}
