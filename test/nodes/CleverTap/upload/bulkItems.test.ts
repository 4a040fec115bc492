import { bulkItems, type Bulk } from '../../../../nodes/CleverTap/upload/bulkItems';
import { ItemError } from '../../../../nodes/shared/itemError';
import { fakeNode } from '../../../support/fakeNode';

const ACCEPTED = { status: 'accepted', takesEffect: 'at night' } as const;

interface Sent {
	readonly group: string;
	readonly ids: readonly string[];
}

interface Answering {
	readonly mergesRepeats?: boolean;
	readonly size?: number;
	readonly status?: (ids: readonly string[]) => number;
	readonly later?: object;
}

/** Sends items such as `g:ada` (group and ID), of which `g:` is none; CleverTap answers as told. */
async function send(
	items: readonly string[],
	{ mergesRepeats = true, size = 100, status = () => 200, later = {} }: Answering = {},
) {
	const requests: Sent[] = [];
	let underWay = 0;
	let mostAtATime = 0;
	const context = Object.assign(fakeNode({ items: items.map((text) => ({ text })), onError: 'continueErrorOutput' }), {
		getExecutionCancelSignal: () => undefined,
		getCredentials: () => Promise.resolve({ region: 'in1' }),
		helpers: {
			async httpRequestWithAuthentication(_type: string, { body }: { body: Buffer }) {
				mostAtATime = Math.max(mostAtATime, ++underWay);
				const sent = JSON.parse(body.toString()) as Sent;
				requests.push(sent);
				await Promise.resolve();
				underWay--;
				const statusCode = status(sent.ids);
				return { statusCode, headers: {}, body: statusCode === 200 ? { status: 'success' } : { error: 'No' } };
			},
		},
	});
	const bulk: Bulk<string> = {
		size,
		parallel: 2,
		accepted: { ...ACCEPTED, ...later },
		mergesRepeats,
		prepare(item) {
			const [group = '', id = ''] = (items[item] ?? '').split(':');
			if (id === '') throw new ItemError('No ID', 'Give one.');
			return { record: id, group, target: id, sent: { id } };
		},
		toRequest: (ids, group) => ({ method: 'POST', path: '/1/x', body: { group, ids } }),
	};
	const output = await bulkItems(context, bulk);
	return { requests, mostAtATime, output, said: output.map(({ json }) => json.status ?? json.error) };
}

it('sends each group in requests of its own, and gives every item its outcome', async () => {
	const { requests, said } = await send(['a:1', 'b:1', 'a:2', 'b:', 'b:3']);
	expect(requests).toEqual([
		{ group: 'a', ids: ['1', '2'] },
		{ group: 'b', ids: ['1', '3'] },
	]);
	expect(said).toEqual(['accepted', 'accepted', 'accepted', 'No ID', 'accepted']);
});

it('says whom it concerned, if anybody', async () => {
	const { output } = await send(['a:', 'a:1', 'b:2']);
	expect(output.map(({ json }) => json)).toEqual([
		{ error: 'No ID', details: { status: 'refused', reason: 'No ID', advice: 'Give one.' } },
		{ ...ACCEPTED, id: '1' },
		{ ...ACCEPTED, id: '2' },
	]);
});

it('says only of what was taken when it takes effect', async () => {
	const { output } = await send(['a:1', 'b:2'], {
		later: { takesEffect: 'tomorrow' },
		status: ([id]) => (id === '1' ? 400 : 200),
	});
	const [refusedItem, taken] = output.map(({ json }) => json);
	expect(taken).toEqual({ status: 'accepted', takesEffect: 'tomorrow', id: '2' });
	expect(Object.keys(refusedItem?.details ?? {})).toEqual(['status', 'code', 'reason', 'advice', 'id']);
});

it('sends nothing where there are no items', async () => {
	const { requests, output } = await send([]);
	expect([requests, output]).toEqual([[], []]);
});

it('asks for the same thing once, where once is enough, and tells all items that asked', async () => {
	const { requests, said } = await send(['a:1', 'a:1', 'b:1', 'a:2', 'a:1'], {
		status: (ids) => (ids.includes('1') ? 400 : 200),
	});
	expect(requests.filter(({ group }) => group === 'a').map(({ ids }) => ids)).toEqual([['1', '2'], ['1'], ['2']]);
	expect(said).toEqual(['400: No', '400: No', '400: No', 'accepted', '400: No']);
});

it('asks again and again where that is meant, in order', async () => {
	const { requests, mostAtATime } = await send(['a:1', 'a:1', 'a:1'], { mergesRepeats: false, size: 1 });
	expect(requests.map(({ ids }) => ids)).toEqual([['1'], ['1'], ['1']]);
	expect(mostAtATime).toBe(1);
});

it('sends no more at a time than is allowed', async () => {
	const { requests, mostAtATime } = await send(['a:1', 'a:2', 'a:3', 'a:4'], { size: 1 });
	expect(requests).toHaveLength(4);
	expect(mostAtATime).toBe(2);
});

it('asks for nothing more once CleverTap refuses the credentials', async () => {
	const { requests, said } = await send(['a:1', 'b:1', 'c:1'], { status: () => 401 });
	expect(requests).toHaveLength(1);
	expect(said).toEqual(['401: No', '401: No', '401: No']);
});

it('goes on after another refusal', async () => {
	const { requests, said } = await send(['a:1', 'b:1'], { status: () => 400 });
	expect(requests).toHaveLength(2);
	expect(said).toEqual(['400: No', '400: No']);
});
