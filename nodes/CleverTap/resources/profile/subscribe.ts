import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { emailAddress, phoneNumber } from '../../parameters/contact';
import { rulesOf } from '../../parameters/rules';
import { readText } from '../../parameters/text';
import { ACCEPTED } from '../../result/verdict';
import { bulkItems } from '../../upload/bulkItems';

const CHANNELS = ['email', 'phone', 'whatsapp'] as const;
const STATUSES = ['Unsubscribe', 'Resubscribe'] as const;

interface Subscription {
	readonly type: (typeof CHANNELS)[number];
	readonly value: string;
	readonly status: (typeof STATUSES)[number];
}

export const subscribe: Operation = {
	value: 'subscribe',
	name: 'Subscribe or Unsubscribe',
	action: 'Subscribe or unsubscribe user',
	description:
		'Opt an email address, a phone number or a WhatsApp number out of messages, or in again, for every profile that has it',
	fields: [
		{
			displayName: 'Channel',
			name: 'channel',
			type: 'options',
			default: 'email',
			description: 'Which messages it is about',
			options: [
				{ name: 'Email', value: 'email', description: 'Messages to an email address' },
				{ name: 'Phone (SMS)', value: 'phone', description: 'Text messages to a phone number' },
				{ name: 'WhatsApp', value: 'whatsapp', description: 'Messages to a WhatsApp number' },
			],
		},
		{
			displayName: 'Address or Number',
			name: 'value',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ada@example.com or +14155551234',
			description:
				'The email address, or the number with a plus sign and the country code. All profiles that share it change.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			default: 'Unsubscribe',
			description: 'Whether the user gets such messages from now on',
			options: [
				{ name: 'Resubscribe', value: 'Resubscribe', description: 'The user gets messages again' },
				{ name: 'Unsubscribe', value: 'Unsubscribe', description: 'The user gets no more messages' },
			],
		},
	],

	async execute(context) {
		const rules = rulesOf(context);
		return await bulkItems(context, {
			size: 1000,
			parallel: 3,
			accepted: ACCEPTED,
			// Out, in and out again must stay three steps.
			mergesRepeats: false,
			prepare: (item) => {
				const channel: unknown = context.getNodeParameter('channel', item, 'email');
				const wanted: unknown = context.getNodeParameter('status', item, 'Unsubscribe');
				const type = CHANNELS.find((known) => known === channel);
				const status = STATUSES.find((known) => known === wanted);
				if (type === undefined) {
					throw new ItemError(
						'"Channel" must be email, phone or whatsapp',
						'Choose it from the list, or let its expression give one of these.',
					);
				}
				if (status === undefined) {
					throw new ItemError(
						'"Status" must be Unsubscribe or Resubscribe',
						'Choose it from the list, or let its expression give one of these.',
					);
				}
				const typed = readText(context, 'value', 'Address or Number', 'an address or a number', item);
				const { value, adjusted } =
					type === 'email'
						? emailAddress(typed, 'Address or Number', rules)
						: phoneNumber(typed, 'Address or Number', rules);
				const sent = { change: status, channel: type, value };
				return { record: { type, value, status }, target: `${type}:${value}`, group: 'd', sent, adjusted };
			},
			toRequest: (d: readonly Subscription[]) => ({
				method: 'POST',
				path: '/1/subscribe',
				body: { d },
			}),
		});
	},
};
