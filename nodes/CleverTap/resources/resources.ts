import type { Resource } from '../../shared/operation';
import { create } from './campaign/create';
import { estimate } from './campaign/estimate';
import { getAll as getAllCampaigns } from './campaign/getAll';
import { getResults } from './campaign/getResults';
import { stop } from './campaign/stop';
import { trigger } from './campaign/trigger';
import { count as countEvents } from './event/count';
import { getAll as getAllEvents } from './event/getAll';
import { upload } from './event/upload';
import { count as countProfiles } from './profile/count';
import { deleteProfile } from './profile/delete';
import { demerge } from './profile/demerge';
import { disassociate } from './profile/disassociate';
import { get } from './profile/get';
import { getAll as getAllProfiles } from './profile/getAll';
import { subscribe } from './profile/subscribe';
import { upsert } from './profile/upsert';
import { getMessages } from './report/getMessages';
import { getRealTime } from './report/getRealTime';
import { getTop } from './report/getTop';
import { getTrends } from './report/getTrends';
import { addProfiles } from './segment/addProfiles';
import { create as createSegment } from './segment/create';
import { removeProfiles } from './segment/removeProfiles';

/** Everything the node can do; its description and its dispatch both come from here. */
export const resources: readonly Resource[] = [
	{
		value: 'campaign',
		name: 'Campaign',
		description: 'Messages that CleverTap sends to many users',
		first: trigger,
		operations: [create, estimate, getAllCampaigns, getResults, stop, trigger],
	},
	{
		value: 'event',
		name: 'Event',
		description: 'Something that a user did at a certain time, such as Feedback Given',
		first: upload,
		operations: [countEvents, getAllEvents, upload],
	},
	{
		value: 'profile',
		name: 'Profile',
		description: 'What CleverTap knows of a user',
		first: upsert,
		operations: [countProfiles, upsert, deleteProfile, demerge, disassociate, get, getAllProfiles, subscribe],
	},
	{
		value: 'report',
		name: 'Report',
		description: 'Figures of messages, events and users',
		first: getMessages,
		operations: [getMessages, getRealTime, getTop, getTrends],
	},
	{
		value: 'segment',
		name: 'Segment',
		description: 'A list of users that the API keeps (private beta of CleverTap)',
		first: addProfiles,
		operations: [addProfiles, createSegment, removeProfiles],
	},
];
