import { findProfile, readLookup, toLookup } from '../../../../../nodes/CleverTap/resources/profile/lookup';
import type { CleverTapClient } from '../../../../../nodes/CleverTap/transport/client';
import type { CleverTapRequest } from '../../../../../nodes/CleverTap/transport/request';
import { fakeNode } from '../../../../support/fakeNode';
import { resultOf, toVerdict } from '../../../../support/itemFailure';

describe('whom to look for', () => {
	it.each<[unknown, unknown, string]>([
		['identity', ' ada ', 'ada'],
		['email', 'ada@example.com', 'ada@example.com'],
		['objectId', 42, '42'],
		['identity', '\u200bada\u00a0', 'ada'],
		['email', '\u202aada@example.com\u202c', 'ada@example.com'],
	])('%j %j', (by, value, text) => {
		expect(toLookup(by, value)).toEqual({ key: by, value: text });
	});

	it.each([
		['', 'is empty'],
		['  ', 'is empty'],
		['\u200b', 'is empty'],
		[null, 'is empty'],
		[undefined, 'is empty'],
		[{}, 'is neither text nor a number'],
		[true, 'is neither text nor a number'],
	])('the identifier %j is refused', (value, reason) => {
		expect(resultOf(() => toLookup('identity', value))).toEqual({
			status: 'refused',
			reason: `"Identifier" ${reason}`,
			advice: 'Map a field that every item fills in, or filter out the items that lack it before this node.',
		});
	});

	it.each([
		['identity', '#N/A', 'an identity: it is an error of a spreadsheet'],
		['email', 'null', 'an email address: it says that there is no identity'],
		['objectId', '{{ id }}', 'an identity: it is a template that was not filled in'],
	])('by %s, %j is nobody', (by, value, what) => {
		expect(resultOf(() => toLookup(by, value))).toMatchObject({ reason: `"Identifier" is not ${what}` });
	});

	it.each(['Email', 'phone', undefined])('"Find User By" does not know %j', (by) => {
		expect(resultOf(() => toLookup(by, 'ada'))).toEqual({
			status: 'refused',
			reason: 'CleverTap can’t find a user that way',
			advice: 'Choose one of identity, email, objectId in "Find User By".',
		});
	});

	it('is what the fields say for the item, an Identity unless they say more', () => {
		const node = fakeNode({ parameters: { identifier: (item: number) => `user-${item}` } });
		expect(readLookup(node, 3)).toEqual({ key: 'identity', value: 'user-3' });
		const byEmail = fakeNode({ parameters: { identifyBy: 'email', identifier: 'a@b.example' } });
		expect(readLookup(byEmail, 0)).toEqual({ key: 'email', value: 'a@b.example' });
		expect(resultOf(() => readLookup(fakeNode({}), 0))).toMatchObject({ reason: '"Identifier" is empty' });
	});
});

describe('a profile', () => {
	/** What comes of asking a CleverTap that answers so. */
	async function found(status: number, body: unknown, value = 'ada') {
		const requests: CleverTapRequest[] = [];
		const client: CleverTapClient = {
			request: (request) => {
				requests.push(request);
				return Promise.resolve({ kind: 'reply', status, body });
			},
			wait: () => Promise.resolve(),
			random: () => 0,
		};
		const lookup = { key: 'identity', value } as const;
		const result = await findProfile(client, lookup).then(
			(record) => ({ record }),
			(error: unknown) => ({ failed: toVerdict(error) }),
		);
		return { result, requests };
	}

	it('is asked for by what it is looked for, blanks and plus signs unmistakable', async () => {
		const { requests } = await found(200, { status: 'success' }, 'a+b c&d');
		expect(requests).toEqual([{ method: 'GET', path: '/1/profile.json?identity=a%2Bb%20c%26d' }]);
	});

	it('is found', async () => {
		const { result } = await found(200, { status: 'success', record: { name: 'Ada' } });
		expect(result).toEqual({ record: { name: 'Ada' } });
	});

	it.each<[string, number, unknown]>([
		['success without a record', 200, { status: 'success' }],
		['success with null', 200, { status: 'success', record: null }],
		['success with an empty record', 200, { status: 'success', record: {} }],
		['success with a list', 200, { status: 'success', record: ['x'] }],
		['words', 200, { status: 'fail', error: 'Profile Not Found' }],
		['other words', 200, { status: 'fail', error: 'No such user' }],
		['yet other words', 200, { status: 'fail', error: 'It does not exist' }],
		['404', 404, { status: 'fail', error: 'Unknown' }],
	])('is unknown where CleverTap answers with %s', async (_what, status, body) => {
		expect((await found(status, body)).result).toEqual({ record: undefined });
	});

	it.each<[string, number, unknown, object]>([
		['404 of another server', 404, '<html>', { code: 404, reason: 'What answers there is not CleverTap (HTTP 404)' }],
		['400', 400, { error: 'Bad identity' }, { code: 400, reason: 'Bad identity' }],
		[
			'another refusal',
			200,
			{ status: 'fail', error: 'Invalid event', code: '7' },
			{ code: 7, reason: 'Invalid event', advice: expect.stringContaining('"Event Name"') as string },
		],
		['a refusal without words', 200, { status: 'fail' }, { reason: 'CleverTap’s answer could not be read' }],
	])('is not called unknown after %s', async (_what, status, body, failed) => {
		expect((await found(status, body)).result).toMatchObject({ failed: { status: 'refused', ...failed } });
	});
});
