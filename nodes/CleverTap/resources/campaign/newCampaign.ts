import type { INodeProperties } from 'n8n-workflow';

import { isBlank, isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import { entriesOf, requiredText, type ItemParameters } from '../../../shared/parameters/itemParameters';
import { requiredYesNo } from '../../../shared/yesNo';
import { parsedJson } from '../../parameters/json';
import { queryFields } from '../../parameters/queryFields';
import { unknownChoice } from '../../parameters/unknownChoice';
import { readQuery } from '../../read/readQuery';
import { sendTime } from './sendTime';

/** Channels by CleverTap's names for them, and the content that has fields: its member, its field, its label. */
const CHANNELS: Readonly<Record<string, ReadonlyArray<readonly [member: string, field: string, label: string]>>> = {
	email: [
		['subject', 'subject', 'Subject'],
		['body', 'html', 'HTML'],
		['sender_name', 'senderName', 'Sender Name'],
	],
	push: [
		['title', 'title', 'Title'],
		['body', 'message', 'Message'],
	],
	sms: [['body', 'message', 'Message']],
	webhook: [],
	webpush: [
		['title', 'title', 'Title'],
		['body', 'message', 'Message'],
	],
	whatsapp: [],
};

const byFields = (...channels: string[]): INodeProperties['displayOptions'] => ({
	show: { channel: channels, contentMode: ['fields'] },
});

function forQuery(field: INodeProperties): INodeProperties {
	const { displayOptions } = field;
	return { ...field, displayOptions: { ...displayOptions, show: { ...displayOptions?.show, audience: ['query'] } } };
}

/** The fields that say what a campaign sends, to whom and when. */
export const newCampaignFields: readonly INodeProperties[] = [
	{
		displayName: 'Campaign Name',
		name: 'campaignName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Spring sale',
		description: 'What the campaign is called in the CleverTap dashboard',
	},
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		default: 'push',
		description: 'How the messages reach people',
		options: [
			{ name: 'Email', value: 'email', description: 'Messages to an email address' },
			{ name: 'Push', value: 'push', description: 'Push notifications of mobile apps' },
			{ name: 'SMS', value: 'sms', description: 'Text messages to a phone number' },
			{ name: 'Web Push', value: 'webpush', description: 'Push notifications of browsers' },
			{ name: 'Webhook', value: 'webhook', description: 'Requests to another service, set up in CleverTap' },
			{ name: 'WhatsApp', value: 'whatsapp', description: 'Messages to a WhatsApp number' },
		],
	},
	{
		displayName: 'Audience',
		name: 'audience',
		type: 'options',
		default: 'segment',
		description: 'Who gets the messages',
		options: [
			{ name: 'All Users', value: 'all', description: 'Everybody whom the channel reaches' },
			{ name: 'Query', value: 'query', description: 'Users who did an event, or whose properties match' },
			{ name: 'Segment', value: 'segment', description: 'The users of a segment in CleverTap' },
		],
	},
	{
		displayName: 'Segment ID',
		name: 'segmentId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1695721550',
		description: 'The number of the segment, which its address in the dashboard ends with',
		displayOptions: { show: { audience: ['segment'] } },
	},
	...queryFields('profile').map(forQuery),
	{
		displayName: 'Send',
		name: 'when',
		type: 'options',
		default: 'now',
		description: 'When the messages go out',
		options: [
			{ name: 'At a Time', value: 'at', description: 'At the time below' },
			{ name: 'Now', value: 'now', description: 'As soon as CleverTap has taken the campaign' },
		],
	},
	{
		displayName: 'Send At',
		name: 'sendAt',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'By the clock of your CleverTap project. A time with a zone is brought to the time zone of this workflow, which should be the same.',
		displayOptions: { show: { when: ['at'] } },
	},
	{
		displayName: 'Content From',
		name: 'contentMode',
		type: 'options',
		default: 'fields',
		description: 'How to say what the message says',
		displayOptions: { show: { channel: ['email', 'push', 'sms', 'webpush'] } },
		options: [
			{ name: 'Fields Below', value: 'fields', description: 'A field for each part of the message' },
			{ name: 'JSON', value: 'json', description: 'The whole content as CleverTap’s API takes it' },
		],
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		required: true,
		description: 'What stands above the email',
		displayOptions: byFields('email'),
	},
	{
		displayName: 'HTML',
		name: 'html',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		description: 'The email itself, as HTML',
		displayOptions: byFields('email'),
	},
	{
		displayName: 'Sender Name',
		name: 'senderName',
		type: 'string',
		default: '',
		required: true,
		description: 'From whom the email is, as its reader sees it',
		displayOptions: byFields('email'),
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		required: true,
		description: 'The first line of the notification',
		displayOptions: byFields('push', 'webpush'),
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		description: 'What the message says',
		displayOptions: byFields('push', 'sms', 'webpush'),
	},
	...[
		{ channel: ['webhook', 'whatsapp'] },
		{ channel: ['email', 'push', 'sms', 'webpush'], contentMode: ['json'] },
	].map((show): INodeProperties => ({
		displayName: 'Content (JSON)',
		name: 'contentJson',
		type: 'json',
		default: '{}',
		description:
			'What CleverTap’s API calls content, such as {"title": "Hi", "body": "Sale", "platform_specific": {"ios": {"deep_link": "app://sale"}}}',
		displayOptions: { show },
	})),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'What else CleverTap is told of the campaign',
		options: [
			{
				displayName: 'Additional Settings (JSON)',
				name: 'settingsJson',
				type: 'json',
				default: '{}',
				description:
					'Further members of the request as CleverTap’s API has them, such as conversion_goal, ttl or webhook_endpoint_name',
			},
			{
				displayName: 'Labels',
				name: 'labels',
				type: 'string',
				default: '',
				placeholder: 'e.g. Spring, Sale',
				description: 'Labels of the campaign in the dashboard, with commas between them',
			},
			{
				displayName: 'Provider Nickname',
				name: 'provider',
				type: 'string',
				default: '',
				description: 'Which of your providers sends it, by its nickname in CleverTap: for email, SMS and WhatsApp',
			},
			{
				displayName: 'Respect Frequency Caps',
				name: 'respectCaps',
				type: 'boolean',
				default: true,
				description: 'Whether users who had many messages lately are left out, as the account says',
			},
		],
	},
];

/**
 * The request that makes the campaign of one item.
 *
 * @throws ItemError if the fields don't say what is meant
 * @see https://developer.clevertap.com/docs/create-campaign-api
 */
export function newCampaign(parameters: ItemParameters): Record<string, unknown> {
	const channel = String(parameters.value('channel'));
	const contentFields = Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel] : undefined;
	if (contentFields === undefined) {
		throw new ItemError(
			'"Channel" is none that CleverTap makes campaigns for',
			`Choose it from the list, or give one of ${Object.keys(CHANNELS).join(', ')}.`,
		);
	}
	const options = parameters.collection('options');
	const labels = entriesOf(options.labels);
	const isJson = contentFields.length === 0 || parameters.value('contentMode') === 'json';
	const content = isJson
		? object(parameters.value('contentJson'), 'Content (JSON)')
		: Object.fromEntries(contentFields.map(([member, field, label]) => [member, parameters.text(field, label)]));
	return {
		...(options.settingsJson === undefined ? {} : object(options.settingsJson, 'Additional Settings (JSON)')),
		name: parameters.text('campaignName', 'Campaign Name'),
		target_mode: channel,
		...audienceOf(parameters),
		when: whenOf(parameters),
		content,
		...(isBlank(options.provider) ? {} : { provider_nick_name: requiredText(options.provider, 'Provider Nickname') }),
		...(labels.length === 0 ? {} : { labels }),
		...(requiredYesNo(options.respectCaps ?? true, 'Respect Frequency Caps') ? {} : { respect_frequency_caps: false }),
		estimate_only: false,
	};
}

function audienceOf(parameters: ItemParameters): Record<string, unknown> {
	switch (parameters.value('audience')) {
		case 'all':
			return { segment: 'all' };
		case 'segment': {
			const id = parameters.text('segmentId', 'Segment ID');
			if (!/^\d{1,15}$/.test(id)) {
				throw new ItemError('"Segment ID" is not a number', 'Give the digits that the segment’s address ends with.');
			}
			return { segment: Number(id) };
		}
		case 'query':
			return { where: readQuery(parameters.context, parameters.item, 'profile') };
		default:
			throw unknownChoice('Audience', 'all, query or segment');
	}
}

function whenOf(parameters: ItemParameters): string {
	const when = parameters.value('when');
	if (when === 'now') return 'now';
	if (when === 'at') return sendTime(parameters.value('sendAt'), parameters.context.getTimezone());
	throw unknownChoice('Send', 'now or at');
}

function object(value: unknown, label: string): Record<string, unknown> {
	const parsed = parsedJson(value);
	if (isRecord(parsed)) return parsed;
	throw new ItemError(`"${label}" is not an object`, 'Check its quotes and commas, and that it begins with {.');
}
