import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../parameters/reader';
import { stripped } from '../properties/names';
import { adviceFor } from '../upload/advice';
import { refused, type Refused } from '../upload/verdict';

/** Events that only CleverTap itself may raise (its page on platform considerations; code 513). */
const RESERVED = new Set([
	'App Launched',
	'App Uninstalled',
	'App Version Changed',
	'Experiment Rendered',
	'Identity Error',
	'Identity Reset',
	'Identity Set',
	'Notification Clicked',
	'Notification Delivered',
	'Notification Replied',
	'Notification Sent',
	'Notification Viewed',
	'Reachable By',
	'Reply Sent',
	'Stayed',
	'UTM Visited',
]);

export const eventNameField: INodeProperties = {
	displayName: 'Event Name',
	name: 'eventName',
	type: 'resourceLocator',
	default: { mode: 'name', value: '' },
	required: true,
	description: 'What happened. CleverTap adds an event that it does not know to its list.',
	modes: [
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Feedback Given',
		},
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchEvents', searchable: true },
		},
	],
};

export interface EventName {
	readonly name: string;
	readonly adjusted: readonly string[];
}

export function eventNameReader(this: IExecuteFunctions): (item: number) => EventName | Refused {
	const value = parameterReader.call(this, 'eventName', '', { extractValue: true });
	return (item) => toEventName(value(item));
}

/** The name as CleverTap takes it: without the characters that it would drop the event for. */
export function toEventName(value: unknown): EventName | Refused {
	if (typeof value !== 'string' || value.trim() === '') {
		return refused('"Event Name" is empty', adviceFor(509));
	}
	const given = value.trim();
	const name = stripped(given, 'event');
	if (name === '') {
		return refused('"Event Name" has no character that CleverTap takes in a name', adviceFor(509));
	}
	if (RESERVED.has(name)) return refused(`"${name}" is an event of CleverTap’s own`, adviceFor(513));
	return { name, adjusted: name === given ? [] : [`The event was sent as "${name}"`] };
}
