import { ItemError } from '../../shared/itemError';
import type { TallyClient } from './client';
import { readList, type List, type Wanted } from './pages';

/** The only kind of event there is (https://tally.so/help/webhooks). */
export const EVENT_TYPES = ['FORM_RESPONSE'];

const WEBHOOKS: List = { request: { method: 'GET', path: '/webhooks' }, name: 'webhooks', maxAtOnce: 100 };

/**
 * The webhooks that the key can see, over all pages. Tally answers 401 until an account's first
 * webhook was made (seen live 2026-08): where the key is good, that means none.
 *
 * @param wanted with `isForbiddenNone`, a list that may not be read counts as empty: gateways may forbid it
 * @throws ItemError if the key is bad, or if Tally refuses or can't answer
 */
export async function readWebhooks(
	client: TallyClient,
	{ isForbiddenNone = false, ...wanted }: Wanted & { isForbiddenNone?: boolean } = {},
): Promise<Array<Record<string, unknown>>> {
	return await readList(client, WEBHOOKS, wanted).catch(async (error: unknown) => {
		const status = error instanceof ItemError ? error.code : undefined;
		const isForbidden = status === 403 || status === 404;
		if (status === 401) await client.account();
		else if (!isForbidden || !isForbiddenNone) throw error;
		return [];
	});
}
