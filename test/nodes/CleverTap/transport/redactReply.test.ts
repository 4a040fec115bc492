import fc from 'fast-check';

import { redactReply } from '../../../../nodes/CleverTap/transport/redactReply';

const ada = {
	identity: 'ada@example.com',
	type: 'profile',
	profileData: { Name: 'Ada Example', Phone: '+14155550123', Channels: 'Email' },
};
const bob = {
	identity: 'bob@example.com',
	evtName: 'Feedback Given',
	evtData: { Comment: 'Keep going.\nSee you 2 soon.' },
};
const sent = [{ d: [ada, bob] }];
const secrets = ['TEST-1', 'sesame'];

const cleaned = (error: string) => (redactReply({ status: 'fail', error }, secrets, sent) as { error: string }).error;

it.each([
	['a value', 'Not an address: ada@example.com', 'Not an address: …'],
	['one in quotes', 'Phone "+14155550123" is not valid', 'Phone "+…" is not valid'],
	['several', 'Ada Example, ada@example.com; Ada Example', '…, …; …'],
	['the passcode, a plain word though it is', 'Passcode sesame of TEST-1 is unknown', 'Passcode … of … is unknown'],
	['all of the request', 'Bad: {"d":[{"identity":"ada@example.com"}]}', ''],
	['a page', '<p>ada@example.com', ''],
	['an essay', 'x '.repeat(600), ''],
])('takes out %s', (_what, error, left) => {
	expect(cleaned(error)).toBe(left);
});

it.each([
	['CleverTap’s own words', 'Profile data is incorrect. Email is not valid.Skipped record number : 2'],
	['an event’s name', 'Invalid event : Feedback Given'],
	['a value inside a longer word', 'Not an address: xada@example.com2'],
	['the longest sentence', 'x '.repeat(500)],
	['a list in JSON', '["Invalid event : Uninstalled"]'],
])('leaves %s', (_what, error) => {
	expect(cleaned(error)).toBe(error);
});

it('takes out the longest of several values, and nothing that is too short to tell anything', () => {
	const values = [{ d: ['ada-7', 'ada-7 of room 8', 'b2b'] }];
	const clean = (error: string) => redactReply({ error }, [], values);
	expect(clean('No ada-7 of room 8')).toEqual({ error: 'No …' });
	expect(clean('No b2b')).toEqual({ error: 'No b2b' });
	expect(redactReply({ error: 'No b2b4' }, [], [{ d: ['b2b4'] }])).toEqual({ error: 'No …' });
});

it('adds nothing that CleverTap has not said', () => {
	expect(redactReply({ error: 'No' }, [], [])).toStrictEqual({ error: 'No' });
	expect(redactReply({ unprocessed: [{ error: 'No' }] }, [], [])).toStrictEqual({ unprocessed: [{ error: 'No' }] });
});

it('leaves what the node reads in the words, whatever people answer', () => {
	const answers = [{ d: ['Skipped record number : 1', 'record number 7', 'not found 2', 'User not found'] }];
	const clean = (error: string) => (redactReply({ error }, [], answers) as { error: string }).error;
	expect(clean('No good. Skipped record number : 12')).toBe('No good. Skipped record number : 12');
	expect(clean('{"a":1} Skipped record number : 12 {"b":2}')).toBe('Skipped record number : 12');
	expect(clean('User not found')).toBe('User not found');
});

it('changes only the words of refusals', () => {
	const answer = {
		status: 'partial',
		processed: 1,
		unprocessed: [{ status: 'fail', code: 515, error: 'ada@example.com is none', record: ada }, { code: 555 }, 'odd'],
	};
	expect(redactReply(answer, secrets, sent)).toEqual({
		...answer,
		unprocessed: [{ ...(answer.unprocessed[0] as object), error: '… is none' }, { code: 555 }, null],
	});
	for (const whole of [
		'ada@example.com',
		undefined,
		null,
		7,
		{ record: ada },
		{ status: 'success', unprocessed: [] },
	]) {
		expect(redactReply(whole, secrets, sent)).toBe(whole);
	}
});

it('leaves nothing of any value that is no plain word, wherever it stands', () => {
	const value = fc
		.string({ unit: 'grapheme', minLength: 4 })
		.filter((text) => (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 4 && /\p{N}/u.test(text));
	fc.assert(
		fc.property(
			value,
			fc.array(fc.constantFrom('The', 'value', 'is', 'not', 'valid'), { maxLength: 6 }),
			fc.nat(6),
			(text, words, at) => {
				const error = [...words.slice(0, at), text, ...words.slice(at)].join(' ');
				const bare = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
				const { error: left } = redactReply({ error }, [], [{ d: [text] }]) as { error: string };
				expect(left).not.toContain(bare);
			},
		),
	);
});

it.each(['event_name', 'evtName', 'name', 'operator', 'status', 'type'])(
	'leaves what stands as %s, which is a name',
	(member) => {
		const answer = { error: 'No such thing: Day 7 at 9' };
		expect(redactReply(answer, [], [{ [member]: 'Day 7 at 9' }])).toEqual(answer);
		expect(redactReply(answer, [], [{ other: 'Day 7 at 9' }])).toEqual({ error: 'No such thing: …' });
	},
);

it.each([
	'Skipped record number: 12',
	'Skipped record number :12',
	'Skipped record number : 1000',
	'User not found',
	'No such user',
])('leaves "%s", even if somebody answers just that', (words) => {
	const answers = [
		'Skipped record number: 12',
		'Skipped record number :12',
		'record number 12',
		'number: 12',
		'number :12',
		'1000',
		'not found',
		'No such',
	];
	expect(redactReply({ error: words }, [], [{ d: answers }])).toEqual({ error: words });
});
