import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { searchCampaigns } from '../../../../nodes/CleverTap/listSearch/campaigns';

type Range = Readonly<{ from: number; to: number }>;

/** What the picker sees of n8n: a credential, and a CleverTap that answers by the days it is asked for. */
function picker(answer: (days: Range) => { statusCode?: number; body: unknown }) {
	const asked: Range[] = [];
	let underWay = 0;
	let most = 0;
	const context = {
		getNode: () => ({ name: 'CleverTap', type: 'cleverTap' }),
		getCredentials: () => Promise.resolve({ region: 'eu1' }),
		helpers: {
			async httpRequestWithAuthentication(_type: string, { body }: { body: Buffer }) {
				const days = JSON.parse(String(body)) as Range;
				asked.push(days);
				most = Math.max(most, ++underWay);
				await Promise.resolve();
				underWay -= 1;
				return { statusCode: 200, headers: {}, ...answer(days) };
			},
		},
	};
	return { context: context as unknown as ILoadOptionsFunctions, asked, most: () => most };
}

beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 1, 9, 10), doNotFake: ['nextTick', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

it('lists the campaigns of a year and of the next 30 days, newest first, three pieces at a time', async () => {
	const { context, asked, most } = picker(({ from }) => ({
		body: {
			status: 'success',
			targets: [
				{ id: from, name: `Of ${from}`, status: 'running' },
				{ id: String(from + 1) },
				{ id: 'none' },
				{ name: 'Without an ID' },
			],
		},
	}));
	const { results } = await searchCampaigns.call(context);
	expect(asked.map(({ from }) => from)).toEqual([...asked.map(({ from }) => from)].sort((a, b) => b - a));
	expect([asked.at(-1)?.from, asked[0]?.to]).toEqual([20250203, 20260311]);
	expect(asked).toHaveLength(13);
	expect(most()).toBe(3);
	const newest = asked[0]?.from ?? 0;
	expect(results.slice(0, 2)).toEqual([
		{ name: String(newest + 1), value: String(newest + 1) },
		{ name: `Of ${newest} (running)`, value: String(newest) },
	]);
	expect(results).toHaveLength(26);
});

it('finds a campaign by a part of its name or of its ID', async () => {
	const { context } = picker(() => ({
		body: {
			targets: [
				{ id: 17, name: 'Sale' },
				{ id: 28, name: 'Thanks' },
			],
		},
	}));
	for (const part of ['SAL', '17']) {
		expect((await searchCampaigns.call(context, part)).results).toEqual([{ name: 'Sale', value: '17' }]);
	}
});

it('is empty where CleverTap lists none', async () => {
	expect(await searchCampaigns.call(picker(() => ({ body: { status: 'success' } })).context)).toEqual({ results: [] });
});

it.each([
	['refuses the credential', 401, { status: 'fail', error: 'Invalid Credentials' }, 'Open the CleverTap credential'],
	['refuses the days', 200, { status: 'fail', error: 'Date range', code: 4002 }, 'Date range'],
	['refuses without a word', 200, { status: 'fail' }, 'CleverTap does not list its campaigns'],
	['answers with nothing', 200, '', 'Check that this n8n can reach CleverTap’s host'],
])('says what to do, and that an ID can be typed, if CleverTap %s', async (_why, statusCode, body, words) => {
	const { context } = picker(() => ({ statusCode, body }));
	const failed: unknown = await searchCampaigns.call(context).catch((error: unknown) => error);
	expect((failed as Error).message).toContain(words);
	expect((failed as Error).message).toMatch(/Until then, choose "By ID" and type the ID\.$/);
});
