import type { IDataObject } from 'n8n-workflow';

import type { UploadRecord } from '../result/record';

/** What goes out for one item, with what must be known about it on the way back. */
export interface Prepared {
	/** Index of the input item. */
	readonly item: number;
	/** The item's records, in the order in which CleverTap should take them; at least one, an event last. */
	readonly records: readonly UploadRecord[];
	/** Same text, same user: such records must not overtake each other. */
	readonly user: string;
	/** Uploads with the same key count as one; none where nothing is remembered. */
	readonly onceKey?: string | undefined;
	/** What the item says if CleverTap takes it: `status`, the record's kind, the user, the event's name. */
	readonly output: IDataObject;
	/** What was changed so that CleverTap can hold it, in sentences for the user. */
	readonly adjusted: readonly string[];
	/** Whether properties were mapped and none of them has a value. */
	readonly isBare?: boolean;
}

/**
 * The same, made for very many items. A class, with records that are no list written out: V8 puts
 * literals of which it has seen many live for a while straight among old objects, and keeps there all
 * that they refer to. In n8n's engine that was 85 MiB of records already sent, at 500,000 profiles.
 */
export class PreparedItem implements Prepared {
	readonly records: readonly UploadRecord[];

	constructor(
		readonly item: number,
		readonly user: string,
		readonly onceKey: string | undefined,
		readonly output: IDataObject,
		readonly adjusted: readonly string[],
		readonly isBare: boolean,
		...records: UploadRecord[]
	) {
		this.records = records;
	}
}
