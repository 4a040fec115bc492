import type { MarkStore } from '../../nodes/CleverTap/upload/once';

/** The marks of a node, as n8n's deduplication store keeps them. */
export class MemoryMarkStore implements MarkStore {
	readonly marks = new Set<string>();

	/** Set while the store is to be out of order. */
	broken = false;

	set(marks: readonly string[]): Promise<ReadonlySet<string>> {
		if (this.broken) return Promise.reject(new Error('no database'));
		const before = new Set(marks.filter((mark) => this.marks.has(mark)));
		marks.forEach((mark) => this.marks.add(mark));
		return Promise.resolve(before);
	}

	clear(marks: readonly string[]): Promise<void> {
		if (!this.broken) marks.forEach((mark) => this.marks.delete(mark));
		return Promise.resolve();
	}
}
