import type { IHookFunctions } from 'n8n-workflow';

import { recall } from '../../../../nodes/Tally/trigger/memory';
import { listWebhooks } from '../../../../nodes/Tally/trigger/webhooks';
import { TallyClient } from '../../../../nodes/Tally/transport/client';

/** n8n, for which Tally lists these webhooks. */
function n8nWith(webhooks: unknown): IHookFunctions {
	const partial = {
		getCredentials: () => Promise.resolve({ baseUrl: '' }),
		helpers: {
			httpRequestWithAuthentication: () =>
				Promise.resolve({ statusCode: 200, headers: {}, body: { webhooks, hasMore: false } }),
		},
	};
	return partial as unknown as IHookFunctions;
}

const odd = [undefined, '', 7, '..', '../../users/me', 'a?b', '\u0000', '\ud800', { toString: 1 }];

it.each(odd)('does not list a webhook whose ID is %j: no request could name it', async (id) => {
	const webhook = { formId: 'GxdRaQ', url: 'https://n8n.example.com/' };
	const listed = await listWebhooks(
		new TallyClient(
			n8nWith([
				{ ...webhook, id },
				{ ...webhook, id: 'w1' },
			]),
		),
	);
	expect(listed.map((found) => found.id)).toEqual(['w1']);
});

it.each(odd)('remembers nothing by the ID %j', (webhookId) => {
	const memory = { formId: 'GxdRaQ', url: 'https://n8n.example.com/', sealedSecret: 'x' };
	expect(recall({ ...memory, webhookId: webhookId })).toEqual(memory);
	expect(recall({ ...memory, webhookId: 'w1' })).toEqual({ ...memory, webhookId: 'w1' });
});
