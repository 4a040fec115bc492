import type { Line } from '../transport/line';
import { readList, type Wanted } from '../transport/lists';

/**
 * The webhooks that the key can see, over all pages. Tally answers 401 until an account's first
 * webhook was made (observed live 2026-08): once the key has proved good, that means none.
 */
export async function readWebhooks(
	line: Line,
	wanted: Pick<Wanted, 'limit' | 'isWanted'> = {},
): Promise<Array<Record<string, unknown>>> {
	return await readList(
		line,
		{ request: { method: 'GET', path: '/webhooks' }, name: 'webhooks', mostAtOnce: 100 },
		{
			...wanted,
			isNone: async ({ status }) => status === 401 && (await line.account()) !== undefined,
		},
	);
}
