import type { IDataObject } from 'n8n-workflow';

/** The four ways CleverTap knows a user; each is a member at the root of a record. */
export type IdentifierKind = 'identity' | 'objectId' | 'FBID' | 'GPID';

/** What a property can hold on the wire: scalars, an operator such as `{$set: […]}`, Charged items. */
export type PropertyValue = string | number | boolean | readonly PropertyValue[] | PropertyObject;
export interface PropertyObject {
	readonly [name: string]: PropertyValue;
}
export type Properties = Readonly<Record<string, PropertyValue>>;

type Identified = Partial<Record<IdentifierKind, string>> & {
	/** UNIX seconds; CleverTap takes the time of arrival where it is missing. */
	readonly ts?: number;
};
export type ProfileRecord = Identified & { readonly type: 'profile'; readonly profileData: Properties };
export type EventRecord = Identified & {
	readonly type: 'event';
	readonly evtName: string;
	readonly evtData: Properties;
};
/** One member of `d` in `POST /1/upload` (CleverTap's pages on uploading profiles and events). */
export type UploadRecord = ProfileRecord | EventRecord;

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
}

/**
 * The same, made for very many items. A class, with records that are no list written out: V8 lays
 * literals of which it has seen many live for a while straight among old objects, and keeps there all
 * that they refer to. A large upload would heap up every record that it has sent.
 */
export class PreparedItem implements Prepared {
	readonly records: readonly UploadRecord[];

	constructor(
		readonly item: number,
		readonly user: string,
		readonly onceKey: string | undefined,
		readonly output: IDataObject,
		readonly adjusted: readonly string[],
		...records: UploadRecord[]
	) {
		this.records = records;
	}
}

/**
 * Whether sending the record twice has the effect of sending it once. Events are appended on every
 * call, `$incr` and `$decr` count on every call; any other profile update only overwrites.
 */
export function isRepeatable({ profileData }: ProfileRecord): boolean {
	return !Object.values(profileData).some(
		(value) => typeof value === 'object' && ('$incr' in value || '$decr' in value),
	);
}
