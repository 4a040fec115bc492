import type { IDataObject } from 'n8n-workflow';

import { outcomeOf, Refusal, refusal, type Given, type Sent } from '../../../support/cleverTapOperation';

// Waiting is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const gold = { segmentName: ' Gold ', customerSegmentId: 'g1' };
const create = (name = 'Gold', id = 'g1'): Sent => [
	'POST /api/createSegment',
	[{ segment_name: name, customer_segment_id: id }],
];
const change = (action: string, segment: object, ...users: object[]): Sent => [
	'POST /api/updateSegment',
	{ bulk_profiles: [{ user_profiles: users, segments: [{ ...segment, action }] }] },
];
const said = (action: string, identity: string) => ({ status: 'accepted', segment: 'g1', action, identity });
const EMPTY = 'Fill it in, or map a field that every item has.';
const LISTED = 'Choose it from the list, or let its expression give one of these.';

it.each<[string, string, Given[], unknown[], Sent[], IDataObject[]]>([
	[
		'create',
		'makes one for each item, and none twice',
		[gold, { segmentName: 'Free', customerSegmentId: 2 }, { segmentName: '' }],
		[new Refusal(429, 'Too many concurrent requests'), '', { status: 'success' }],
		[create(), create(), create('Free', '2')],
		[
			{
				error: 'CleverTap answered with nothing, as it does at a wrong address',
				details: expect.objectContaining({ status: 'unknown' }) as IDataObject,
			},
			{ status: 'accepted', segmentName: 'Free', customerSegmentId: '2' },
			refusal('"Segment Name" is empty', EMPTY),
		],
	],
	[
		'create',
		'reads the ID of the new one in whichever shape it comes, and takes nothing else for a yes',
		[gold, gold, gold, gold],
		[
			[{ segment_name: 'Gold', customer_segment_id: 'g1', ct_segment_id: 17 }],
			{ status: 'success', segments: [{ customer_segment_id: 'g1', ct_segment_id: '17' }] },
			{ segments: { customer_segment_id: 'g1' } },
			[{ customer_segment_id: 'another' }],
		],
		[create(), create(), create(), create()],
		[
			{ status: 'accepted', segmentName: 'Gold', customerSegmentId: 'g1', segmentId: '17' },
			{ status: 'accepted', segmentName: 'Gold', customerSegmentId: 'g1', segmentId: '17' },
			{ status: 'accepted', segmentName: 'Gold', customerSegmentId: 'g1' },
			{
				error: expect.any(String) as string,
				details: expect.objectContaining({ status: 'unknown' }) as IDataObject,
			},
		],
	],
	[
		'addProfiles',
		'adds users of one segment together, each once, by either ID',
		[
			{ segment: 'g1', identifier: 'ada' },
			{ segment: 'g1', identifier: 7 },
			{ segment: 'g1', identifier: ' ada ' },
			{ segment: 'g1', identifyBy: 'objectId', identifier: '-1a06' },
			{ segment: 99, segmentBy: 'cleverTap', identifier: 'ada' },
		],
		[],
		[
			change('ADD', { customer_segment_id: 'g1' }, { identity: 'ada' }, { identity: '7' }, { guid: '-1a06' }),
			change('ADD', { ct_segment_id: '99' }, { identity: 'ada' }),
		],
		[
			said('ADD', 'ada'),
			said('ADD', '7'),
			said('ADD', 'ada'),
			{ status: 'accepted', segment: 'g1', action: 'ADD', objectId: '-1a06' },
			{ status: 'accepted', segment: '99', action: 'ADD', identity: 'ada' },
		],
	],
	[
		'removeProfiles',
		'removes users, and says what is wrong with an item',
		[
			{ segment: 'g1', identifier: 'ada' },
			{ segment: '', identifier: 'ada' },
			{ segment: 'g1', identifyBy: 'email', identifier: 'ada' },
			{ segment: 'g1', segmentBy: 'name', identifier: 'ada' },
		],
		[],
		[change('REMOVE', { customer_segment_id: 'g1' }, { identity: 'ada' })],
		[
			said('REMOVE', 'ada'),
			refusal('"Segment ID" is empty', EMPTY),
			refusal('"Identify User By" must be identity or objectId', LISTED),
			refusal('"Identify Segment By" must be customer or cleverTap', LISTED),
		],
	],
])('segment %s %s', async (operation, _case, given, replies, sent, items) => {
	const outcome = await outcomeOf(['segment', operation], given, replies);
	expect(outcome.sent).toEqual(sent);
	expect(outcome.items).toEqual(items);
});

it('changes at most a hundred users in a request', async () => {
	const given = Array.from({ length: 101 }, (_, index) => ({ segment: 'g1', identifier: `u${index}` }));
	const { sent } = await outcomeOf(['segment', 'addProfiles'], given);
	expect(sent).toHaveLength(2);
});
