import fc from 'fast-check';

import { verdictsOf } from '../../../../nodes/CleverTap/upload/reply';

const skipped = (number: number, code = 515, text = 'Profile data is incorrect. Email is not valid.') => ({
	status: 'fail',
	code,
	error: `${text}Skipped record number : ${number}`,
	record: { identity: 'someone' },
});
const containing = (text: string) => expect.stringContaining(text) as string;
const statuses = (body: unknown, count: number, dryRun = false) =>
	verdictsOf(body, count, dryRun)?.map(({ status }) => status);

describe('verdictsOf', () => {
	it('names the record that a partial reply skips, with CleverTap’s code and words and our advice', () => {
		expect(verdictsOf({ status: 'partial', processed: 1, unprocessed: [skipped(2)] }, 2)).toEqual([
			{ status: 'accepted' },
			{
				status: 'refused',
				code: 515,
				reason: 'Profile data is incorrect. Email is not valid.',
				advice: 'Check the Email of this item: it is not an address.',
			},
		]);
	});

	it('reads the number behind the words of an event’s refusal too', () => {
		const entry = {
			status: 'fail',
			code: 509,
			error: 'Event Name is incorrect. ErrorCode: 509 - Event name is mandatory. Skipped record number : 1',
		};
		expect(verdictsOf({ status: 'partial', processed: 2, unprocessed: [entry] }, 3)?.[0]).toMatchObject({
			code: 509,
			reason: 'Event Name is incorrect. ErrorCode: 509 - Event name is mandatory.',
		});
	});

	it.each<[string, unknown, number, string[] | undefined]>([
		['success', { status: 'success', processed: 2, unprocessed: [] }, 2, ['accepted', 'accepted']],
		['success without counts', { status: 'success' }, 1, ['accepted']],
		[
			'success that skips one all the same',
			{ status: 'success', processed: 1, unprocessed: [skipped(1)] },
			2,
			['refused', 'accepted'],
		],
		['success that counts too few', { status: 'success', processed: 1, unprocessed: [] }, 2, ['unknown', 'unknown']],
		[
			'fail for all',
			{ status: 'fail', processed: 0, unprocessed: [skipped(1), skipped(2)] },
			2,
			['refused', 'refused'],
		],
		['fail without a list', { status: 'fail', processed: 0, unprocessed: [] }, 2, ['refused', 'refused']],
		['fail as a whole', { status: 'fail', error: 'An unknown error occurred', code: 500 }, 1, ['refused']],
		[
			'fail that names one of two',
			{ status: 'fail', processed: 0, unprocessed: [skipped(1)] },
			2,
			['refused', 'unknown'],
		],
		['partial without a list', { status: 'partial', processed: 1, unprocessed: [] }, 2, ['unknown', 'unknown']],
		[
			'partial without a number',
			{ status: 'partial', processed: 1, unprocessed: [{ code: 515, error: 'Email' }] },
			2,
			['unknown', 'unknown'],
		],
		[
			'every record refused, without numbers',
			{
				status: 'fail',
				processed: 0,
				unprocessed: [
					{ code: 515, error: 'x' },
					{ code: 515, error: 'x' },
				],
			},
			2,
			['refused', 'refused'],
		],
		[
			'a number twice in place of another',
			{ status: 'partial', processed: 1, unprocessed: [skipped(1), skipped(1)] },
			2,
			['refused', 'unknown'],
		],
		[
			'a number below the first',
			{ status: 'partial', processed: 1, unprocessed: [skipped(0)] },
			2,
			['unknown', 'unknown'],
		],
		[
			'a number beyond the batch',
			{ status: 'partial', processed: 1, unprocessed: [skipped(9)] },
			2,
			['unknown', 'unknown'],
		],
		[
			'the same number twice',
			{ status: 'partial', processed: 1, unprocessed: [skipped(1), skipped(1)] },
			3,
			['refused', 'unknown', 'unknown'],
		],
		[
			'the same number twice, and nothing counted',
			{ status: 'partial', unprocessed: [skipped(1), skipped(1)] },
			2,
			['refused', 'unknown'],
		],
		[
			'a refusal that is a text',
			{ status: 'success', unprocessed: ['Skipped record number : 2'] },
			3,
			['unknown', 'unknown', 'unknown'],
		],
		['a refusal that is null', { status: 'success', unprocessed: [null] }, 2, ['unknown', 'unknown']],
		[
			'one refusal outside a list',
			{ status: 'partial', processed: 1, unprocessed: skipped(2) },
			2,
			['accepted', 'refused'],
		],
		['a list of refusals that is a text', { status: 'success', unprocessed: 'none' }, 2, ['unknown', 'unknown']],
		['success that refuses all without numbers', { status: 'success', unprocessed: [{ code: 515 }] }, 1, ['unknown']],
		['fail that counts some as taken', { status: 'fail', processed: 1, unprocessed: [] }, 2, ['unknown', 'unknown']],
		[
			'partial that does not add up',
			{ status: 'partial', processed: 1, unprocessed: [skipped(1)] },
			3,
			['refused', 'unknown', 'unknown'],
		],
		[
			'partial that counts nothing and names one',
			{ status: 'partial', unprocessed: [skipped(1)] },
			2,
			['refused', 'accepted'],
		],
		['partial that neither counts nor names', { status: 'partial', unprocessed: [] }, 2, ['unknown', 'unknown']],
		[
			'fail that counts one all the same',
			{ status: 'fail', processed: 1, unprocessed: [skipped(1)] },
			2,
			['refused', 'unknown'],
		],
		[
			'fewer refusals than records, without numbers',
			{ status: 'fail', processed: 0, unprocessed: [{ code: 515, error: 'x' }] },
			2,
			['unknown', 'unknown'],
		],
		['a count that is no number', { status: 'success', processed: null }, 1, ['accepted']],
		['an empty body', '', 1, undefined],
		['no body', undefined, 1, undefined],
		['HTML', '<html>', 1, undefined],
		['a list', [], 1, undefined],
		['an object of something else', { ok: true }, 1, undefined],
		['null', null, 1, undefined],
	])('%s', (_name, body, count, expected) => {
		expect(statuses(body, count)).toEqual(expected);
	});

	it.each<[string, object, object]>([
		[
			'fail as a whole, in CleverTap’s words',
			{ status: 'fail', error: 'Account is blocked', code: 515 },
			{
				status: 'refused',
				code: 515,
				reason: 'Account is blocked',
				advice: 'Check the Email of this item: it is not an address.',
			},
		],
		[
			'fail as a whole, without words',
			{ status: 'fail', error: '', code: '515' },
			{
				status: 'refused',
				reason: 'CleverTap refused all 2 records of a request without a reason',
				advice: containing('Look the text up'),
			},
		],
		[
			'fail as a whole, with something else in place of words',
			{ status: 'fail', error: { text: 'No' } },
			{
				status: 'refused',
				reason: 'CleverTap refused all 2 records of a request without a reason',
				advice: containing('Look the text up'),
			},
		],
		[
			'refusals that name no record',
			{ status: 'partial', processed: 1, unprocessed: [{ code: 515, error: 'Email is not valid.' }] },
			{
				status: 'unknown',
				code: 515,
				reason: 'CleverTap refused 1 of 2 records without saying which: Email is not valid.',
				advice: 'Look at the events or profiles in CleverTap before sending these items again.',
			},
		],
		[
			'a count that does not add up',
			{ status: 'partial', processed: 1, unprocessed: [] },
			{
				status: 'unknown',
				reason: 'CleverTap accepted 1 of 2 records and did not name all others',
				advice: containing('in CleverTap before'),
			},
		],
		[
			'no count at all',
			{ status: 'partial', unprocessed: [] },
			{
				status: 'unknown',
				reason: 'CleverTap accepted some of 2 records and did not name all others',
				advice: containing('in CleverTap before'),
			},
		],
	])('says what it knows of every record: %s', (_name, body, verdict) => {
		expect(verdictsOf(body, 2)).toEqual([verdict, verdict]);
	});

	it.each<[string, object, object]>([
		['a code that is no number', { code: '515', error: 'No. Skipped record number : 1' }, { reason: 'No.' }],
		['words behind the number', { error: 'Bad. Skipped record number:1 Mend it.' }, { reason: 'Bad. Mend it.' }],
		['no words but the number', { error: 'Skipped record number : 1' }, { reason: 'CleverTap gave no reason' }],
		['no words at all', { code: 515 }, { code: 515, reason: 'CleverTap gave no reason' }],
		['something else in place of words', { error: 7 }, { reason: 'CleverTap gave no reason' }],
	])('reads a refusal with %s', (_name, entry, refusal) => {
		const verdicts = verdictsOf({ status: 'fail', processed: 0, unprocessed: [entry] }, 1);
		expect(verdicts).toEqual([{ status: 'refused', advice: expect.any(String) as string, ...refusal }]);
	});

	it('finds the number whatever blanks stand around it', () => {
		const unprocessed = [{ code: 515, error: 'No.Skipped record number:2' }];
		expect(statuses({ status: 'partial', processed: 1, unprocessed }, 2)).toEqual(['accepted', 'refused']);
	});

	it('does not count on the count of a dry run', () => {
		expect(statuses({ status: 'success', processed: 0, unprocessed: [] }, 2, true)).toEqual(['accepted', 'accepted']);
	});

	it('gives each record of any honest reply its own verdict', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }), (isRefused) => {
				const unprocessed = isRefused.flatMap((refused, index) => (refused ? [skipped(index + 1)] : []));
				const processed = isRefused.length - unprocessed.length;
				const status = unprocessed.length === 0 ? 'success' : processed === 0 ? 'fail' : 'partial';
				expect(statuses({ status, processed, unprocessed }, isRefused.length)).toEqual(
					isRefused.map((refused) => (refused ? 'refused' : 'accepted')),
				);
			}),
		);
	});

	it('calls nothing accepted that a reply of any shape leaves open, and never throws', () => {
		const entry = fc.oneof(
			fc.integer({ min: -1, max: 6 }).map((number) => skipped(number)),
			fc.record({ code: fc.anything(), error: fc.anything() }),
			fc.anything(),
		);
		const body = fc.record(
			{
				status: fc.constantFrom('success', 'partial', 'fail', 'other', 3),
				processed: fc.oneof(fc.integer(), fc.anything()),
				unprocessed: fc.oneof(fc.array(entry), fc.anything()),
				error: fc.anything(),
				code: fc.anything(),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(body, fc.integer({ min: 1, max: 5 }), (reply, count) => {
				const verdicts = verdictsOf(reply, count);
				if (verdicts === undefined) return;
				expect(verdicts).toHaveLength(count);
				const accepted = verdicts.filter(({ status }) => status === 'accepted').length;
				if (reply.status === 'fail') expect(accepted).toBe(0);
				if (typeof reply.processed === 'number') expect(accepted).toBeLessThanOrEqual(Math.max(reply.processed, 0));
			}),
		);
	});
});
