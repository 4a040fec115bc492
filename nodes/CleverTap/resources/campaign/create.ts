import { isRecord } from '../../../shared/guards';
import type { Operation } from '../../../shared/operation';
import { idText } from '../../transport/ask';
import { askOnce, yesOrNo } from '../../transport/askOnce';
import { networkClient } from '../../transport/client';
import { onceItems } from '../../upload/onceItems';
import { newCampaign, newCampaignFields } from './newCampaign';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create campaign',
	description:
		'Make a campaign and send it, now or at a time. This sends real messages to everybody in its audience; try it with Estimate first, which sends nothing.',
	fields: newCampaignFields,

	async execute(context) {
		const client = networkClient(context);
		return await onceItems(context, async (parameters) => {
			const body = newCampaign(parameters);
			const request = { method: 'POST', path: '/1/targets/create.json', body, hides: Object.values(body) } as const;
			const { id, estimates } = await askOnce(client, request, made);
			const campaignId = idText(id);
			return {
				...(campaignId === undefined ? {} : { campaignId }),
				...(isRecord(estimates) ? { estimates: { ...estimates } } : {}),
			};
		});
	},
};

/** What has an ID was made, whether or not the answer says so. */
function made(body: unknown) {
	const answer = yesOrNo(body);
	return answer === undefined && isRecord(body) && typeof body.id === 'number' ? body : answer;
}
