import type { IDataObject } from 'n8n-workflow';

import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { entriesOf } from '../../../shared/parameters/itemParameters';
import { perItem } from '../../../shared/perItem';
import { poll } from '../../read/poll';
import { failureOf } from '../../result/verdict';
import type { Json } from '../../transport/ask';
import { networkClient } from '../../transport/client';

const PARTS = [
	{ name: 'Browser', value: 'browser', description: 'Which browsers they use' },
	{ name: 'Device', value: 'device', description: 'Whether they use a phone, a tablet or a desktop' },
	{ name: 'New or Returning', value: 'new', description: 'Whether it is their first visit' },
	{ name: 'Operating System', value: 'os', description: 'Such as Android or Windows' },
	{ name: 'Session Source', value: 'session_source', description: 'What led them there, such as a campaign' },
	{ name: 'User Type', value: 'user_type', description: 'Which of your user types they are of' },
];

/** @see https://developer.clevertap.com/docs/get-real-time-counts-api */
export const getRealTime: Operation = {
	value: 'getRealTime',
	name: 'Get Real-Time Counts',
	action: 'Get real time counts',
	description: 'Get how many users were active in the last five minutes',
	fields: [
		{
			displayName: 'Break Down By',
			name: 'breakDownBy',
			type: 'multiOptions',
			default: [],
			description: 'What else to tell of these users, each a list of figures',
			options: PARTS,
		},
	],

	async execute(context) {
		const client = networkClient(context);
		return await perItem(
			context,
			async (parameters) => {
				const wanted = entriesOf(parameters.value('breakDownBy'));
				const isKnown = (name: string) => PARTS.some(({ value }) => value === name);
				if (!wanted.every(isKnown)) {
					throw new ItemError(
						'"Break Down By" has an entry that CleverTap does not know',
						`Choose from the list, or give some of ${PARTS.map(({ value }) => value).join(', ')}.`,
					);
				}
				const body = Object.fromEntries(wanted.map((name) => [name, true]));
				return [countsIn(await poll(client, { method: 'POST', path: '/1/now.json', body }, 0))];
			},
			failureOf,
		);
	},
};

/** @throws ItemError where there is no count */
function countsIn(answer: Json): IDataObject {
	const { count, last_processed_ts: seconds } = answer;
	if (typeof count !== 'number') {
		throw new ItemError('CleverTap’s answer holds no count', 'Run the node again later.');
	}
	const time = typeof seconds === 'number' ? new Date(seconds * 1000) : undefined;
	const parts = PARTS.flatMap(({ value }) => (value in answer ? [[value, answer[value]] as const] : []));
	const isTime = time !== undefined && !Number.isNaN(time.getTime());
	return { count, ...(isTime ? { lastProcessedAt: time.toISOString() } : {}), ...Object.fromEntries(parts) };
}
