import type { StoredProfile } from './profiles';

/** A segment that the API made. */
export interface Segment {
	readonly id: number;
	readonly name: string;
	readonly customerId?: string;
	readonly members: Set<StoredProfile>;
}
