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
/**
 * One member of `d` in `POST /1/upload`.
 *
 * @see https://developer.clevertap.com/docs/upload-user-profiles-api
 * @see https://developer.clevertap.com/docs/upload-events-api
 */
export type UploadRecord = ProfileRecord | EventRecord;

/**
 * Whether sending the record twice has the effect of sending it once. Events are appended on every
 * call, `$incr` and `$decr` count on every call; any other profile update only overwrites.
 */
export function isRepeatable({ profileData }: ProfileRecord): boolean {
	return !Object.values(profileData).some(
		(value) => typeof value === 'object' && ('$incr' in value || '$decr' in value),
	);
}
