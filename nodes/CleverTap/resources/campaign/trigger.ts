import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { parameterReader } from '../../../shared/parameters/reader';
import { requiredYesNo } from '../../../shared/yesNo';
import { assignmentsReader } from '../../parameters/assignments';
import { emailAddress } from '../../parameters/contact';
import { userFields } from '../../parameters/identifier';
import { parsedJson } from '../../parameters/json';
import { rulesOf } from '../../parameters/rules';
import { toName, toText } from '../../parameters/text';
import { unknownChoice } from '../../parameters/unknownChoice';
import { ACCEPTED } from '../../result/verdict';
import { bulkItems } from '../../upload/bulkItems';
import { campaignField, toCampaignId } from './campaignField';
import { toTriggerValues, type TriggerValue } from './triggerValues';

/** Users in one request, at most. */
const MAX_USERS = 1000;

const KINDS = ['identity', 'email', 'objectId'] as const;

/** What all users of a request have in common. */
interface Shared {
	readonly campaignId: string;
	readonly kind: (typeof KINDS)[number];
	readonly values: Readonly<Record<string, TriggerValue>>;
}

/** @see https://developer.clevertap.com/docs/external-trigger-api */
export const trigger: Operation = {
	value: 'trigger',
	name: 'Trigger',
	action: 'Trigger campaign for users',
	description:
		'Send a campaign to the users in the items, with values for its text. This sends real messages to real people. The campaign is made in the CleverTap dashboard with an external trigger (push, email or webhook) and must be published.',
	fields: [
		campaignField(
			'The campaign to send. Its audience, caps and quiet hours still count, and only campaigns with an external trigger can be sent this way. Give the ID of one that the list does not show.',
		),
		...userFields('Who gets the message. CleverTap does not say if it knows no such user.', [
			{ name: 'Email', value: 'email', description: 'The email address in the profile' },
		]),
		{
			displayName: 'Values From',
			name: 'valuesMode',
			type: 'options',
			default: 'fields',
			description: 'Where the values come from that the campaign reads as ExternalTrigger',
			options: [
				{ name: 'Fields Below', value: 'fields', description: 'Name each value and map it' },
				{ name: 'JSON', value: 'json', description: 'An object, which may hold lists and objects' },
			],
		},
		{
			displayName: 'Values',
			name: 'values',
			type: 'assignmentCollection',
			default: {},
			description:
				'What the campaign can show, each under its name: rating is read as ExternalTrigger.rating. Items with equal values share a request; else each user is a request of its own.',
			displayOptions: { show: { valuesMode: ['fields'] } },
		},
		{
			displayName: 'Values (JSON)',
			name: 'valuesJson',
			type: 'json',
			default: '{}',
			description:
				'What the campaign can show, such as {"rating": "2", "shop": {"city": "Bonn"}}; numbers go out as text',
			displayOptions: { show: { valuesMode: ['json'] } },
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			description: 'To try it without sending anything',
			options: [
				{
					displayName: 'Dry Run',
					name: 'dryRun',
					type: 'boolean',
					default: false,
					description: 'Whether to send nothing: each item shows who would get the message, and its values',
				},
			],
		},
	],

	async execute(context) {
		const rules = rulesOf(context);
		const campaignOf = parameterReader(context, 'campaign', '', { extractValue: true });
		const kindOf = parameterReader(context, 'identifyBy', 'identity');
		const userOf = parameterReader(context, 'identifier', '');
		const modeOf = parameterReader(context, 'valuesMode', 'fields');
		const jsonOf = parameterReader(context, 'valuesJson', '{}');
		const fieldsOf = assignmentsReader(context, 'values');
		const dryRun = requiredYesNo(context.getNodeParameter('options.dryRun', 0, false), 'Dry Run');

		return await bulkItems<string>(context, {
			size: MAX_USERS,
			// CleverTap takes three at a time for the whole account.
			parallel: 3,
			accepted: ACCEPTED,
			// The same message to the same user is one message.
			mergesRepeats: true,
			onlyOnce: true,
			dryRun,
			prepare: (item) => {
				const campaign = campaignOf(item);
				const campaignId = toCampaignId(isRecord(campaign) ? campaign.value : campaign);
				const wanted = kindOf(item);
				const kind = KINDS.find((known) => known === wanted);
				if (kind === undefined) throw unknownChoice('Identify User By', 'identity, email or objectId');
				const typed = toText(userOf(item), 'Identifier', kind === 'email' ? 'an email address' : 'an identity');
				const { value, adjusted } =
					kind === 'email' ? emailAddress(typed, 'Identifier', rules) : { value: typed, adjusted: [] };
				const values = toTriggerValues(modeOf(item) === 'json' ? parsedJson(jsonOf(item)) : named(fieldsOf(item)));
				const shared: Shared = { campaignId, kind, values };
				return {
					record: value,
					target: `${kind}:${value}`,
					group: JSON.stringify(shared),
					sent: { campaignId, [kind]: value, values: { ...values } },
					adjusted,
				};
			},
			toRequest: (users: readonly string[], group) => {
				const { campaignId, kind, values } = JSON.parse(group) as Shared;
				return {
					method: 'POST',
					path: '/1/send/externaltrigger.json',
					body: {
						to: { [kind]: users },
						campaign_id: campaignId,
						...(Object.keys(values).length === 0 ? {} : { ExternalTrigger: values }),
					},
				};
			},
		});
	},
};

/** @throws ItemError if a row has no name, or two have the same */
function named(rows: ReadonlyArray<{ readonly name: unknown; readonly value: unknown }>): Record<string, unknown> {
	const names = rows.map(({ name }) => toName(name));
	if (names.includes('')) throw new ItemError('A row of "Values" has no name', 'Name it, or remove the row.');
	if (new Set(names).size < names.length) {
		throw new ItemError('Two rows of "Values" have the same name', 'Rename or remove one of them.');
	}
	return Object.fromEntries(rows.map(({ value }, index) => [names[index] ?? '', value]));
}
