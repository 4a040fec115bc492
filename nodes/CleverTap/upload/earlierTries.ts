import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isRefusedForGood } from '../result/advice';
import type { UploadRecord } from '../result/record';
import { isFailed, type Verdict } from '../result/verdict';

/** What an item says of what was sent for it. */
export interface Said {
	/** What went where; none where nothing was made of the item. */
	readonly output?: IDataObject;
	/** What was changed so that CleverTap can hold it. */
	readonly adjusted?: readonly string[];
	/** Whether properties were mapped and none of them has a value. */
	readonly isBare?: boolean;
	/** What was sent, where the item shows it. */
	readonly records?: readonly UploadRecord[];
}

interface Kept {
	readonly said: Said;
	/** By what the record is, such as `event`. */
	readonly verdicts: Map<string, Verdict>;
}

/**
 * What earlier tries of n8n's Retry On Fail came to. n8n runs the whole node again if one item failed, with all
 * items; what is settled by then must not go out again, and its item has the outcome that it had.
 *
 * It is kept for as long as the tries last: n8n hands one object through all tries of a round and another one in
 * the next (tried in n8n-core 2.41.1), so the memory hangs on that object and goes with it. The round of an AI
 * agent has one for all calls of its tools, each of which has input of its own: what is kept belongs to both.
 */
export class EarlierTries {
	private readonly items = new Map<number, Kept>();

	/** What became of an item's record, if it must not go out again. */
	settled(item: number, record: string): Verdict | undefined {
		return this.items.get(item)?.verdicts.get(record);
	}

	/** What the item said when the first of its records was settled. */
	said(item: number): Said | undefined {
		return this.items.get(item)?.said;
	}

	/** What became of the item's records so far. */
	verdicts(item: number): Verdict[] {
		return [...(this.items.get(item)?.verdicts.values() ?? [])];
	}

	/**
	 * Keeps what became of a record, unless a later try has to ask again: what CleverTap was too busy for, what never
	 * reached it, and what is unknown if it may be sent twice.
	 */
	note(item: number, record: string, verdict: Verdict, maySendTwice: boolean, said: Said): void {
		if (!isSettled(verdict, maySendTwice)) return;
		const kept = this.items.get(item) ?? { said, verdicts: new Map<string, Verdict>() };
		kept.verdicts.set(record, verdict);
		this.items.set(item, kept);
	}
}

function isSettled(verdict: Verdict, maySendTwice: boolean): boolean {
	if (!isFailed(verdict)) return true;
	return verdict.status === 'unknown' ? !maySendTwice : isRefusedForGood(verdict);
}

const rounds = new WeakMap<object, WeakMap<object, EarlierTries>>();

/** The memory of this round's tries; none where n8n tries only once. */
export function earlierTries(context: IExecuteFunctions): EarlierTries | undefined {
	const input = context.getInputData()[0]?.json;
	if (context.getNode().retryOnFail !== true || input === undefined) return undefined;
	const round = context.getExecuteData();
	const calls = rounds.get(round) ?? new WeakMap<object, EarlierTries>();
	const tries = calls.get(input) ?? new EarlierTries();
	rounds.set(round, calls.set(input, tries));
	return tries;
}
