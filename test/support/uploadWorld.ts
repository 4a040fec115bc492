import { ACCEPTED, refused, type Skipped, unknown, type Verdict } from '../../nodes/CleverTap/result/verdict';
import { UploadOnce } from '../../nodes/CleverTap/upload/once';
import { type MarkRow, type MarkStore, SharedMarks } from '../../nodes/CleverTap/upload/sharedMarks';
import { turn } from './turn';

/** Why an event may be in CleverTap more than once. */
export const everyExcuse = [
	'killed before it was noted',
	'killed while it was asked for',
	'an answer that was cut off',
	'overwritten by another worker',
	'two executions at once',
	'another worker before it was noted',
	'a store that did not answer',
	'more keys than are remembered',
] as const;
export type Excuse = (typeof everyExcuse)[number];

/** How CleverTap treats an upload. */
export type Answer = 'takes' | 'refuses' | 'cuts off before' | 'cuts off after';

interface Step {
	readonly process: Process;
	readonly go: () => void;
}

interface Process {
	readonly marks: SharedMarks;
	isAlive: boolean;
	/** Whether it gets no time, as on a machine that has none left. */
	isStalled: boolean;
}

/** A worker that has read the row and not yet written it. */
interface Hold {
	readonly process: Process;
	readonly over: Promise<void>;
}

interface Attempt {
	readonly key: string;
	readonly process: Process;
	/** Whether CleverTap has the event of this attempt. */
	isTaken: boolean;
	/** Whether its run is over; what it stored may not be noted yet. */
	isSaid: boolean;
}

/**
 * n8n's row, CleverTap, and processes that upload, of which each step can be the last. A step is whatever
 * goes to another machine and back; in which order those of several processes happen is decided one by
 * one, from outside.
 */
export class UploadWorld {
	/** The row, and how often it was written. */
	private marks: readonly string[] = [];
	private version = 0;

	readonly stored = new Map<string, number>();
	/** How many events too many each explains. */
	private readonly excuses = new Map<string, Map<Excuse, number>>();
	/** What a version before this one has uploaded. */
	private readonly uploadedBefore: ReadonlySet<string>;
	/** What was said that is not so. */
	readonly lies: string[] = [];
	/** Calls that reached the row. */
	calls = 0;

	private steps: Step[] = [];
	private processes: Process[] = [];
	private readonly attempts = new Set<Attempt>();
	private readonly holds = new Set<Hold>();
	private readonly ends = new Map<Hold, () => void>();
	private failures = 0;

	constructor(
		private readonly neverTwice: boolean,
		marks: readonly string[] = [],
		private readonly remembered = 1000,
	) {
		this.marks = marks;
		const isOpen = (key: string) => marks.includes(`open:${key}`);
		this.uploadedBefore = new Set(marks.map(keyOf).filter((key) => !isOpen(key)));
	}

	startProcess(): number {
		// How long it waits for others is decided from outside, too.
		const wait = async () => await this.step(process);
		const process: Process = {
			marks: new SharedMarks({ worthACall: 2, quiet: 0, wait }),
			isAlive: true,
			isStalled: false,
		};
		return this.processes.push(process) - 1;
	}

	/** The next call of the row fails, with what it would have written not written. */
	failNextCall(): void {
		this.failures += 2;
	}

	/** A process gets no time from now on, or time again. */
	stall(number: number, isStalled: boolean): void {
		(this.processes[number] as Process).isStalled = isStalled;
	}

	kill(number: number): void {
		const process = this.processes[number] as Process;
		process.isAlive = false;
		this.steps = this.steps.filter((step) => step.process !== process);
		// What it would have written it does not write.
		for (const [hold, end] of this.ends) if (hold.process === process) end();
		for (const attempt of this.attempts) {
			if (attempt.process !== process) continue;
			if (attempt.isTaken) this.excuse(attempt.key, 'killed before it was noted');
			else if (this.isUploaded(attempt.key)) this.excuse(attempt.key, 'killed while it was asked for');
			this.attempts.delete(attempt);
		}
	}

	/** The store answers from now on. */
	heal(): void {
		this.failures = 0;
	}

	isUnderWay(key: string): boolean {
		return [...this.attempts].some((attempt) => attempt.key === key && !attempt.isSaid);
	}

	/** Events too many of a key that these excuses explain. */
	excused(key: string, excuses: readonly Excuse[]): number {
		return excuses.reduce((sum, excuse) => sum + (this.excuses.get(key)?.get(excuse) ?? 0), 0);
	}

	/** Keys that CleverTap has more often than these excuses explain. */
	doubled(...excuses: readonly Excuse[]): readonly string[] {
		return [...this.stored].flatMap(([key, times]) => {
			const wanted = this.uploadedBefore.has(key) ? 0 : 1;
			return times > wanted + this.excused(key, excuses) ? [key] : [];
		});
	}

	/** How many steps could be next. */
	get ready(): number {
		return this.open.length;
	}

	private get open(): readonly Step[] {
		return this.steps.filter(({ process }) => !process.isStalled);
	}

	/** Lets one of them happen, and what follows from it up to the next ones. */
	async happen(number: number): Promise<void> {
		const step = this.open[number % this.ready];
		this.steps = this.steps.filter((each) => each !== step);
		step?.go();
		await turn();
	}

	/** Lets everything happen, the oldest first. */
	async rest(): Promise<void> {
		await turn();
		while (this.ready > 0) await this.happen(0);
	}

	/**
	 * An execution that uploads an event for each of these keys in one request; gives their verdicts.
	 *
	 * @param isLongLived whether the process goes on after it
	 */
	async upload(
		number: number,
		keys: readonly string[],
		answer: Answer,
		isLongLived = false,
	): Promise<readonly Verdict[]> {
		const process = this.processes[number] as Process;
		const attempts = keys.map((key): Attempt => ({ key, process, isTaken: false, isSaid: false }));
		for (const other of this.attempts) {
			if (!keys.includes(other.key)) continue;
			if (!other.isSaid) this.excuse(other.key, 'two executions at once');
			// One process does one after the other.
			else if (other.process !== process) this.excuse(other.key, 'another worker before it was noted');
		}
		attempts.forEach((attempt) => this.attempts.add(attempt));
		const once = new UploadOnce(this.storeOf(process), this.neverTwice, isLongLived);
		const { verdicts, noted } = await this.uploadOnce(once, process, attempts, answer);
		attempts.forEach((attempt) => (attempt.isSaid = true));
		void noted.then(() => attempts.forEach((attempt) => this.attempts.delete(attempt)));
		keys.forEach((key, index) => this.listen(key, verdicts[index] as Verdict));
		return verdicts;
	}

	private async uploadOnce(
		once: UploadOnce,
		process: Process,
		attempts: readonly Attempt[],
		answer: Answer,
	): Promise<{ readonly verdicts: readonly Verdict[]; readonly noted: Promise<void> }> {
		const keys = attempts.map(({ key }) => key);
		const over = (verdicts: readonly Verdict[]) => ({ verdicts, noted: Promise.resolve() });
		let known: Array<Verdict | undefined>;
		try {
			known = await once.begin(keys);
		} catch {
			return over(keys.map(() => refused('The store does not answer', '')));
		}
		const sent = attempts.filter((_, index) => known[index] === undefined);
		if (sent.length === 0) return over(known as Verdict[]);
		const verdict = await this.send(process, sent, answer);
		const { noted } = await once.end(sent.map(({ key }) => [key, verdict] as const));
		return { verdicts: known.map((skip) => skip ?? verdict), noted };
	}

	private async send(process: Process, attempts: readonly Attempt[], answer: Answer): Promise<Verdict> {
		await this.step(process);
		if (answer === 'takes' || answer === 'cuts off after') {
			for (const attempt of attempts) {
				const { key } = attempt;
				this.stored.set(key, (this.stored.get(key) ?? 0) + 1);
				attempt.isTaken = answer === 'takes';
				if (answer === 'cuts off after') this.excuse(key, 'an answer that was cut off');
			}
		}
		await this.step(process);
		if (answer === 'takes') return ACCEPTED;
		return answer === 'refuses' ? refused('No', '') : unknown('No answer', '');
	}

	/** What an execution says of a key must be so. */
	private listen(key: string, verdict: Verdict): void {
		const saysSo = verdict.status === 'accepted' || (verdict.status === 'skipped' && isUploadedBefore(verdict));
		if (saysSo && !this.isUploaded(key)) this.lies.push(`${key} is said to be uploaded, and is not`);
	}

	private isUploaded(key: string): boolean {
		return this.stored.has(key) || this.uploadedBefore.has(key);
	}

	private storeOf(process: Process): MarkStore {
		const row: MarkRow = {
			set: async (marks, room) => await this.change(process, (before) => this.withMarks(before, marks, room), marks),
			clear: async (marks) =>
				void (await this.change(process, (before) => before.filter((mark) => !marks.includes(mark)), marks)),
		};
		const caller = { row, remembered: this.remembered };
		return {
			set: async (marks) => await process.marks.set(caller, marks),
			note: async (marks, ended) => await process.marks.note(caller, marks, ended),
			clear: async (marks) => {
				if (marks.length > 0) await process.marks.clear(caller, marks).catch(() => undefined);
			},
			warn: () => undefined,
			discard: (marks) => process.marks.discard(caller, marks),
			underWay: (change) => process.marks.underWay(change),
		};
	}

	/** The row with these marks; where there is no room for all, the oldest go. */
	private withMarks(before: readonly string[], marks: readonly string[], room: number): readonly string[] {
		const all = [...before, ...marks.filter((mark) => !before.includes(mark))];
		const gone = all.splice(0, all.length - room);
		for (const key of new Set(gone.map(keyOf))) this.excuse(key, 'more keys than are remembered', Infinity);
		return all;
	}

	/** n8n's two steps: the row is read, and written as a whole. */
	private async change(
		process: Process,
		write: (before: readonly string[]) => readonly string[],
		marks: readonly string[],
	) {
		this.calls++;
		await this.step(process);
		const { marks: before, version } = this;
		const letGo = this.hold(process);
		await this.step(process);
		letGo();
		if (this.failures > 0) {
			this.failures--;
			for (const key of new Set(marks.map(keyOf))) this.excuse(key, 'a store that did not answer');
			throw new Error('The store does not answer');
		}
		if (this.version !== version) {
			// What others have written since is gone.
			for (const key of new Set([...this.marks, ...before].map(keyOf)))
				this.excuse(key, 'overwritten by another worker', Infinity);
		}
		this.marks = write(before);
		this.version++;
		await this.step(process);
		return before.filter((mark) => marks.includes(mark));
	}

	/** As long as each worker may need that has read the row and not yet written it. */
	async wait(): Promise<void> {
		await Promise.all([...this.holds].map(async ({ over }) => await over));
	}

	private hold(process: Process): () => void {
		let letGo = () => {};
		const hold: Hold = { process, over: new Promise((resolve) => (letGo = resolve)) };
		const end = () => {
			this.holds.delete(hold);
			letGo();
		};
		this.holds.add(hold);
		this.ends.set(hold, end);
		return end;
	}

	private async step(process: Process): Promise<void> {
		await new Promise<void>((go) => {
			if (process.isAlive) this.steps.push({ process, go });
		});
	}

	private excuse(key: string, why: Excuse, times = 1): void {
		const own = this.excuses.get(key) ?? new Map<Excuse, number>();
		this.excuses.set(key, own.set(why, (own.get(why) ?? 0) + times));
	}
}

const keyOf = (mark: string) => mark.slice(mark.indexOf(':') + 1);
const isUploadedBefore = ({ reason }: Skipped) => reason.startsWith('Uploaded before');
