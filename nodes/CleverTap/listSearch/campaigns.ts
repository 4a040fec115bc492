import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { ItemError } from '../../shared/itemError';
import { withNodeErrors } from '../../shared/nodeError';
import { campaignsIn, daysAround, listRequest, piecesOf } from '../read/campaigns';
import { errorText } from '../result/errorText';
import { HARMLESS_ADVICE, idText, toAnswer, type Json } from '../transport/ask';
import { cleverTapRequest, type CleverTapRequest } from '../transport/request';
import { errorOf } from '../transport/send';

const DAYS_BACK = 371;
const DAYS_AHEAD = 30;
/** CleverTap takes three requests of this kind at a time. */
const AT_ONCE = 3;

/**
 * The campaigns that begin within a year back or in the next 30 days, newest first. Each piece is asked for once:
 * somebody waits for the list.
 *
 * @throws NodeApiError or NodeOperationError if CleverTap refuses or can't answer; an ID can be typed all the same
 */
export async function searchCampaigns(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const found = new Map<string, string>();
	await withNodeErrors(this, async (context) => {
		const pieces = piecesOf(daysAround(Date.now(), DAYS_BACK, DAYS_AHEAD)).reverse();
		for (let first = 0; first < pieces.length; first += AT_ONCE) {
			const requests = pieces.slice(first, first + AT_ONCE).map(listRequest);
			const answers = await Promise.all(requests.map(async (request) => await listed(context, request)));
			for (const campaign of answers.flatMap((answer) => campaignsIn(answer).reverse())) {
				const { name, status } = campaign;
				const id = idText(campaign.id);
				if (id === undefined || !/^\d+$/.test(id)) continue;
				const state = typeof status === 'string' ? ` (${status})` : '';
				found.set(id, `${typeof name === 'string' ? name : id}${state}`);
			}
		}
	});
	const wanted = filter.toLowerCase();
	return {
		results: [...found]
			.filter(([id, name]) => name.toLowerCase().includes(wanted) || id.includes(wanted))
			.map(([value, name]) => ({ name, value })),
	};
}

async function listed(context: ILoadOptionsFunctions, request: CleverTapRequest): Promise<Json> {
	const reply = await cleverTapRequest(context, request);
	const answer = reply.kind === 'reply' && reply.status < 300 ? toAnswer(reply.body) : undefined;
	if (answer !== undefined && answer.status !== 'fail') return answer;
	const { message, advice, code } =
		answer === undefined
			? errorOf(reply, 1, HARMLESS_ADVICE)
			: new ItemError(errorText(answer) ?? 'CleverTap does not list its campaigns', HARMLESS_ADVICE.unknown);
	throw new ItemError(message, `${advice} Until then, choose "By ID" and type the ID.`, code);
}
