import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { recordsIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { entriesOf } from '../../../shared/parameters/itemParameters';
import { perItem } from '../../../shared/perItem';
import { requiredYesNo } from '../../../shared/yesNo';
import { dayRangeFields, readDayRange } from '../../parameters/dayRange';
import { collection, maxWait, readOptions, type Option } from '../../parameters/readOptions';
import { poll } from '../../read/poll';
import { failureOf } from '../../result/verdict';
import { networkClient } from '../../transport/client';

/** It takes CleverTap some two minutes for 90 days. */
const TIMEOUT_MS = 300_000;

const list = (
	displayName: string,
	name: string,
	description: string,
	options: INodePropertyOptions[],
): Extract<Option, { type: unknown }> => ({
	displayName,
	name,
	type: 'multiOptions',
	default: [],
	description,
	options,
});

/** Lists to narrow the report down, by the names that CleverTap has for them. */
const LISTS = [
	{ name: 'channel', member: 'channel' },
	{ name: 'delivery', member: 'delivery' },
	{ name: 'label', member: 'label' },
	{ name: 'messageType', member: 'message_type' },
	{ name: 'status', member: 'status' },
] as const;

/** @see https://developer.clevertap.com/docs/get-message-reports-api */
export const getMessages: Operation = {
	value: 'getMessages',
	name: 'Get Messages',
	action: 'Get message report',
	description: 'Get the messages of a range of days, each with how often it was sent, viewed and clicked',
	fields: [
		...dayRangeFields('the report'),
		collection(
			[
				list('Channels', 'channel', 'Only messages of these channels', [
					{ name: 'App Inbox', value: 'inbox', description: 'Messages in the inbox of the app' },
					{ name: 'Email', value: 'email', description: 'Messages to an email address' },
					{ name: 'Exit Intent', value: 'exit_intent', description: 'Shown when somebody leaves a page' },
					{ name: 'In-App', value: 'inapp', description: 'Shown while the app is open' },
					{ name: 'Native Display', value: 'native_display', description: 'Shown as a part of the app' },
					{ name: 'Push', value: 'push', description: 'Push notifications of mobile apps' },
					{ name: 'SMS', value: 'sms', description: 'Text messages' },
					{ name: 'Web Pop-Up', value: 'web_pop_up', description: 'Shown on a page' },
					{ name: 'Web Push', value: 'browser', description: 'Push notifications of browsers' },
					{ name: 'Webhook', value: 'webhooks', description: 'Requests to another service' },
					{ name: 'WhatsApp', value: 'whatsapp', description: 'Messages to a WhatsApp number' },
				]),
				{
					displayName: 'Daily Figures',
					name: 'daily',
					type: 'boolean',
					default: false,
					description: 'Whether to split the figures of a message by days',
				},
				list('Delivery', 'delivery', 'Only messages that are delivered in these ways', [
					{ name: 'Action', value: 'action', description: 'When a user does something' },
					{ name: 'API', value: 'api', description: 'When the API asks for it' },
					{ name: 'Inaction', value: 'inaction', description: 'When a user does not do something' },
					{ name: 'Multiple Dates', value: 'multiple_dates', description: 'On several days' },
					{ name: 'One Time', value: 'one_time', description: 'On one day, or at once' },
					{ name: 'Property Time', value: 'property_time', description: 'By a date in the profile' },
					{ name: 'Recurring', value: 'recurring', description: 'Again and again' },
				]),
				{
					displayName: 'Labels',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. Spring, Sale',
					description: 'Only messages with one of these labels, with commas between them',
				},
				maxWait,
				list('Message Types', 'messageType', 'Only messages that are made in these ways', [
					{ name: 'A/B Test', value: 'ab', description: 'Variants against each other' },
					{ name: 'By User Property', value: 'message_on_user_property', description: 'One for each value' },
					{ name: 'Single', value: 'single', description: 'The same for all' },
				]),
				list('Statuses', 'status', 'Only messages whose campaign is in one of these states', [
					{ name: 'Completed', value: 'completed', description: 'It has ended' },
					{ name: 'Paused', value: 'paused', description: 'It is held back' },
					{ name: 'Pending', value: 'pending', description: 'It is about to begin' },
					{ name: 'Running', value: 'running', description: 'It goes on' },
					{ name: 'Scheduled', value: 'scheduled', description: 'It begins later' },
					{ name: 'Stopped', value: 'stopped', description: 'Somebody has ended it' },
				]),
			],
			'Which messages are wanted, and how long to wait for CleverTap',
		),
	],

	async execute(context) {
		const client = networkClient(context);
		return await perItem(
			context,
			async (parameters) => {
				const { from, to } = readDayRange(parameters);
				const { maxWaitMs } = readOptions(context, parameters.item);
				const options = parameters.collection('options');
				const lists = LISTS.flatMap(({ name, member }) => {
					const entries = entriesOf(options[name]);
					return entries.length === 0 ? [] : [[member, entries] as const];
				});
				const isDaily = requiredYesNo(options.daily, 'Daily Figures');
				const body = {
					from: String(from),
					to: String(to),
					...Object.fromEntries(lists),
					...(isDaily ? { daily: true } : {}),
				};
				const request = { method: 'POST', path: '/1/message/report.json', body, timeoutMs: TIMEOUT_MS } as const;
				const { status, messages } = await poll(client, request, maxWaitMs);
				if (status !== 'success' && !Array.isArray(messages)) {
					throw new ItemError('CleverTap’s answer holds no messages', 'Run the node again later.');
				}
				return recordsIn(messages) as IDataObject[];
			},
			failureOf,
			'CleverTap has no message in these days that fits the options.',
		);
	},
};
