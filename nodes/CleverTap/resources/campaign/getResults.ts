import { isRecord } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { perItem } from '../../../shared/perItem';
import { countOptions, readOptions } from '../../parameters/readOptions';
import { poll } from '../../read/poll';
import { errorText } from '../../result/errorText';
import { failureOf } from '../../result/verdict';
import type { Json } from '../../transport/ask';
import { networkClient, type CleverTapClient } from '../../transport/client';
import type { Reply } from '../../transport/reply';
import { campaignField, toCampaignNumber } from './campaignField';

/** CleverTap's code for what it still prepares. */
const IN_PROGRESS = 2;
const NOT_YET = /no result as of yet|has ?n.t been completed/i;
const CONFLICT = 409;

export const getResults: Operation = {
	value: 'getResults',
	name: 'Get Results',
	action: 'Get results of a campaign',
	description: 'Get how often a campaign was sent and clicked, once CleverTap has computed it',
	fields: [campaignField('The campaign whose figures are wanted'), countOptions],

	async execute(context) {
		const client = waiting(networkClient(context));
		return await perItem(
			context,
			async (parameters) => {
				const id = toCampaignNumber(parameters.value('campaign'));
				const { maxWaitMs } = readOptions(context, parameters.item);
				const request = { method: 'POST', path: '/1/targets/result.json', body: { id } } as const;
				const { result } = await poll(client, request, maxWaitMs).catch(explained);
				if (!isRecord(result)) throw new ItemError('CleverTap’s answer holds no result', 'Run the node again later.');
				return [{ campaignId: String(id), ...result }];
			},
			failureOf,
		);
	},
};

/** The same client; that a result is not there yet, which CleverTap says in three ways, comes as what is in progress. */
function waiting(client: CleverTapClient): CleverTapClient {
	return {
		...client,
		request: async (request) => {
			const reply = await client.request(request);
			const body: Json = { status: 'fail', error: 'This target has no result as of yet', code: IN_PROGRESS };
			return isNotYet(reply) ? { kind: 'reply', status: 200, body } : reply;
		},
	};
}

function isNotYet(reply: Reply): boolean {
	if (reply.kind !== 'reply') return false;
	return (reply.status === CONFLICT && isRecord(reply.body)) || NOT_YET.test(errorText(reply.body) ?? '');
}

function explained(thrown: unknown): never {
	if (!(thrown instanceof ItemError) || thrown.code !== IN_PROGRESS) throw thrown;
	throw new ItemError(
		thrown.message,
		'A campaign has its result once it is completed. Raise "Max Wait" in the options, or run the node again later.',
		thrown.code,
	);
}
