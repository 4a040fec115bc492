import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import { parameterReader } from '../../../shared/parameters/reader';
import { toName } from '../../parameters/text';
import { tooLong, type FitOptions } from '../../properties/fitOptions';
import { stripped } from '../../properties/names';
import { fullNameBytes, NAME_BYTES, propertyName, textOfName } from '../../properties/propertyName';
import { adviceFor } from '../../result/advice';

/**
 * Events that only CleverTap itself may raise (code 513).
 *
 * @see https://developer.clevertap.com/docs/platform-considerations
 */
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

export function eventNameReader(
	context: IExecuteFunctions,
	options: Pick<FitOptions, 'rules' | 'onTooLong'>,
): (item: number) => EventName {
	const value = parameterReader(context, 'eventName', '', { extractValue: true });
	return isListed(context) && options.rules === 2
		? (item) => listedName(value(item), options)
		: (item) => toEventName(value(item), options);
}

/** Whether it was chosen from the list, which has the names as they are in CleverTap. */
function isListed(context: IExecuteFunctions): boolean {
	const raw: unknown = context.getNodeParameter('eventName', 0, '', { rawExpressions: true });
	return isRecord(raw) && raw.mode === 'list';
}

/** The name that an event has in CleverTap leads to that event: a stand-in in it is not taken for a sign of its own. */
function listedName(value: unknown, options: Pick<FitOptions, 'rules' | 'onTooLong'>): EventName {
	const given = toName(value);
	const { name, adjusted } = toEventName(textOfName(given, 'event'), options);
	return { name, adjusted: name === given ? [] : adjusted };
}

/**
 * The name as CleverTap takes it, without the signs that it would drop the event for: `'Paid: 5 $'` →
 * `{name: 'Paid꞉ 5 ﹩', adjusted: ['The event was sent as "Paid꞉ 5 ﹩"']}`, and `'Paid 5'` by the rules of version 1.
 *
 * @throws ItemError if no name is left, or one of CleverTap's own
 */
export function toEventName(value: unknown, options: Pick<FitOptions, 'rules' | 'onTooLong'>): EventName {
	const given = toName(value);
	if (given === '') throw new ItemError('"Event Name" is empty', adviceFor(509));
	const name = options.rules === 1 ? stripped(given, 'event') : ownName(given, options.onTooLong);
	if (name === '') {
		throw new ItemError('"Event Name" has no character that CleverTap takes in a name', adviceFor(509));
	}
	if (RESERVED.has(name)) throw new ItemError(`"${name}" is an event of CleverTap’s own`, adviceFor(513));
	return { name, adjusted: name === given ? [] : [`The event was sent as "${name}"`] };
}

function ownName(given: string, onTooLong: FitOptions['onTooLong']): string {
	// The one event whose name means something to CleverTap.
	if (given.toLowerCase() === 'charged') return 'Charged';
	const name = propertyName(given, 'event');
	if (name !== given && onTooLong === 'refuse') {
		const bytes = fullNameBytes(given, 'event');
		if (bytes > NAME_BYTES) throw tooLong('"Event Name"', bytes, NAME_BYTES);
	}
	return name;
}
