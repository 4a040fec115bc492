import type { Resource } from '../operation';
import { upload } from './event/upload';
import { upsert } from './profile/upsert';

/** Everything the node can do; its description and its dispatch both come from here. */
export const resources: readonly Resource[] = [
	{ value: 'event', name: 'Event', operations: [upload] },
	{ value: 'profile', name: 'Profile', operations: [upsert] },
];
