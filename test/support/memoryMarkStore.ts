import type { MarkStore } from '../../nodes/CleverTap/upload/sharedMarks';

/** The marks of a node, as n8n's deduplication store keeps them. */
export class MemoryMarkStore implements MarkStore {
	readonly marks = new Set<string>();

	/** Set while the store is to be out of order. */
	broken = false;

	/** Uploads that are under way. */
	uploads = 0;

	/** How often n8n's log was told that it did not answer. */
	warnings = 0;

	/** How often it was set or cleared. */
	calls = 0;

	set(marks: readonly string[]): Promise<ReadonlySet<string>> {
		this.calls++;
		if (this.broken) return Promise.reject(new Error('no database'));
		const before = new Set(marks.filter((mark) => this.marks.has(mark)));
		marks.forEach((mark) => this.marks.add(mark));
		return Promise.resolve(before);
	}

	async note(marks: readonly string[], ended: number): Promise<ReadonlySet<string>> {
		this.uploads -= ended;
		return await this.set(marks);
	}

	clear(marks: readonly string[]): Promise<void> {
		if (marks.length > 0) this.calls++;
		if (!this.broken) marks.forEach((mark) => this.marks.delete(mark));
		return Promise.resolve();
	}

	warn(): void {
		this.warnings++;
	}

	/** At once: what tells nothing any more need not be there. */
	discard(marks: readonly string[]): void {
		if (!this.broken) marks.forEach((mark) => this.marks.delete(mark));
	}

	underWay(change: number): void {
		this.uploads += change;
	}
}
