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
const secrets = { accountId: 'TEST-1', passcode: 'sesame' };

const redacted = (answer: unknown, values: readonly unknown[] = sent) =>
	redactReply(structuredClone(answer), { ...secrets, sent: values });
const cleaned = (error: string, values?: readonly unknown[]) =>
	(redacted({ status: 'fail', error }, values) as { error: string }).error;

it.each<[string, string, string, (readonly unknown[])?]>([
	['a value', 'Not an address: ada@example.com', 'Not an address: …'],
	['one in quotes', 'Phone "+14155550123" is not valid', 'Phone "+…" is not valid'],
	['several', 'Ada Example, ada@example.com; Ada Example', '… … … …'],
	['one word in another case', 'EXAMPLE is not valid', '… is not valid'],
	['a number', 'Age 47 is not valid', 'Age … is not valid', [{ d: [{ profileData: { Age: 47 } }] }]],
	['a property called name', 'No Lovelace', 'No …', [{ d: [{ evtData: { name: 'Lovelace' } }] }]],
	['a property called type', 'No Countess', 'No …', [{ d: [{ evtData: { deep: { type: 'Countess' } } }] }]],
	['what is written for the web', 'No ada%40example.com', 'No …'],
	['the passcode', 'Passcode sesame of TEST-1 is unknown', 'Passcode … of … is unknown'],
	['the passcode in base64', `Basic ${Buffer.from('TEST-1:sesame').toString('base64')}`, 'Basic …'],
	['all of the request', 'Bad: {"d":[{"identity":"ada@example.com"}]}', 'Bad: {"…"}]}'],
	['markup', '<p>ada@example.com', 'p …'],
	['line breaks and signs for a terminal', 'one\r\n\u001b[31mtwo\u2028three', 'one [31mtwo three'],
])('takes out %s', (_what, error, left, values = sent) => {
	const shown = cleaned(error, values);
	if (left.includes('Basic')) expect(shown).not.toContain(Buffer.from('sesame').toString('base64').slice(2, 6));
	else expect(shown).toBe(left);
});

it.each([
	['CleverTap’s own words', 'Profile data is incorrect. Email is not valid. Skipped record number : 2'],
	['an event’s name', 'Invalid event : Feedback Given'],
	['a list in JSON', '["Invalid event : Uninstalled"]'],
])('leaves %s', (_what, error) => {
	expect(cleaned(error)).toBe(error);
});

it('shows no more than a sentence of an essay', () => {
	expect(cleaned('word '.repeat(10_000)).length).toBeLessThanOrEqual(300);
});

it('takes the passcode out of what is no refusal, too', () => {
	const answer = { status: 'success', record: { name: 'x open-sesame-7 x', list: ['OPEN-SESAME-7'] } };
	expect(redactReply(answer, { accountId: 'TEST-1', passcode: 'open-sesame-7', sent: [] })).toEqual({
		status: 'success',
		record: { name: 'x … x', list: ['…'] },
	});
});

it('adds nothing that CleverTap has not said', () => {
	expect(redacted({ error: 'No' }, [])).toStrictEqual({ error: 'No' });
	expect(redacted({ unprocessed: [{ error: 'No' }] }, [])).toStrictEqual({ unprocessed: [{ error: 'No' }] });
});

it('leaves what the node reads in the words, whatever people answer', () => {
	const answers = [{ d: ['Skipped record number : 1', 'record number 7', 'not found 2', 'User not found', '12'] }];
	const clean = (error: string) => cleaned(error, answers);
	expect(clean('No good. Skipped record number : 12')).toBe('No good. Skipped record number : 12');
	expect(clean('{"a":1} Skipped record number : 12 {"b":2}')).toMatch(/ Skipped record number : 12$/);
	expect(clean('User not found')).toBe('User not found');
	expect(clean(`${'x y '.repeat(500)} was not found`)).toMatch(/not found$/);
});

it('takes the last of several numbers of a record: somebody may have answered with the words before it', () => {
	const answers = [{ d: ['Skipped record number : 999'] }];
	expect(cleaned('Bad "Skipped record number : 999". Skipped record number : 2', answers)).toMatch(
		/^[^9]* Skipped record number : 2$/,
	);
});

it('changes only the words of refusals', () => {
	const answer = {
		status: 'partial',
		processed: 1,
		unprocessed: [
			{ status: 'fail', code: 515, error: 'ada@example.com is no address', record: ada },
			{ code: 555 },
			'odd',
		],
	};
	expect(redacted(answer)).toEqual({
		...answer,
		unprocessed: [{ ...(answer.unprocessed[0] as object), error: '… is no address' }, { code: 555 }, null],
	});
	for (const whole of [
		'ada@example.com',
		undefined,
		null,
		7,
		{ record: ada },
		{ status: 'success', unprocessed: [] },
	]) {
		expect(redacted(whole)).toEqual(whole);
	}
});

it.each(['event_name', 'evtName', 'name', 'operator', 'status', 'type'])(
	'leaves what stands as %s, which is a name',
	(member) => {
		const answer = { error: 'No such thing: Day 7 at Noon' };
		expect(redacted(answer, [{ [member]: 'Day 7 at Noon' }])).toEqual(answer);
		expect(redacted(answer, [{ other: 'Day 7 at Noon' }])).toEqual({ error: 'No such thing: Day 7 at …' });
		expect(redacted(answer, [{ evtData: { [member]: 'Day 7 at Noon' } }])).toEqual({
			error: 'No such thing: Day 7 at …',
		});
	},
);

it.each(['Skipped record number: 12', 'Skipped record number :12', 'SKIPPED RECORD NUMBER : 12'])(
	'leaves "%s", even if somebody answers just that',
	(words) => {
		const answers = [words, 'record number 12', 'number: 12', 'number :12', '12'];
		expect(cleaned(words, [{ d: answers }])).toBe('Skipped record number : 12');
	},
);
