import fc from 'fast-check';

import {
	byAnyAnswer,
	byOwnAnswer,
	hasMark,
	isByTrigger,
	missedOf,
	type ArrivalRule,
	type Ending,
} from '../../../../../nodes/Tally/resources/webhook/arrival';
import type { LoggedDelivery } from '../../../../../nodes/Tally/resources/webhook/deliveries';
import { isOwn, logged, OTHERS, OWN } from './logged';

/** Half an hour after the hour that the deliveries are of: none of them is recent. */
const NOW = Date.UTC(2026, 1, 9, 11, 30);
const byOwn = byOwnAnswer(isOwn, NOW);

const found = (deliveries: LoggedDelivery[], rule: ArrivalRule) =>
	missedOf(deliveries, rule).map(({ before: { id }, because }) => `${id} ${because}`);

const taken = (id: string, minute: number, more: object = {}) =>
	logged(id, 'SUCCEEDED', minute, { statusCode: 202, isAnswerEmpty: true, ...more });
const starting = (id: string, minute: number, more: object = {}) =>
	logged(id, 'SUCCEEDED', minute, { statusCode: 200, ...more });
const failed = (id: string, minute: number, more: object = {}) =>
	logged(id, 'FAILED', minute, { statusCode: 503, ...more });
const secondsAgo = (seconds: number) => ({ updatedAt: new Date(NOW - seconds * 1000).toISOString() });

// What a log may hold of one submission; what is asked for at somebody else's webhook; what at a trigger of ours.
it.each<[string, LoggedDelivery[], string[], string[]]>([
	['it failed', [failed('a', 1)], ['a failed'], ['a failed']],
	['no answer came', [logged('a', 'FAILED', 1)], ['a failed'], ['a failed']],
	['Tally gave it up', [logged('a', 'DROPPED', 1)], ['a dropped'], ['a dropped']],
	['it is on its way', [logged('a', 'QUEUED', 1)], [], []],
	['it is on its way again', [failed('a', 1), logged('b', 'QUEUED', 2)], [], []],
	['an older delivery is on its way', [logged('a', 'QUEUED', 1), failed('b', 2)], ['b failed'], []],
	['Tally uses a word that is not known', [logged('a', 'PAUSED', 2), failed('b', 1)], [], []],
	['Tally uses no word', [logged('a', '', 2), failed('b', 1)], [], []],

	['the trigger took it', [taken('a', 1)], [], []],
	['the trigger took it, later it failed', [taken('a', 1), failed('b', 2)], ['b failed'], []],
	['the trigger took it, later it was dropped', [logged('b', 'DROPPED', 2), taken('a', 1)], ['b dropped'], []],
	['the trigger took it, later another answered', [taken('a', 1), starting('b', 2)], [], []],
	['it failed, later the trigger took it', [taken('b', 2), failed('a', 1)], [], []],
	['another answered, later the trigger took it', [starting('a', 1), taken('b', 2)], [], []],
	['the status is ours, but Tally says it failed', [failed('a', 1, { statusCode: 202 })], ['a failed'], ['a failed']],

	['n8n was starting up', [starting('a', 1)], [], ['a answeredByOther']],
	['a page came', [starting('a', 1, { statusCode: 203 })], [], ['a answeredByOther']],
	['it was created', [starting('a', 1, { statusCode: 201 })], [], ['a answeredByOther']],
	['nothing came', [starting('a', 1, { statusCode: 204, isAnswerEmpty: true })], [], ['a answeredByOther']],
	['a page came, later it failed', [starting('a', 1), failed('b', 2)], ['b failed'], ['b failed']],
	['it failed, later a page came', [failed('a', 1), starting('b', 2)], [], ['b answeredByOther']],
	['the log tells no status', [starting('a', 1, { statusCode: null })], [], []],
	['200 and nothing else came: an older trigger', [starting('a', 1, { isAnswerEmpty: true })], [], []],
	[
		'an older trigger took it, later another answered',
		[starting('b', 2), starting('a', 1, { isAnswerEmpty: true })],
		[],
		[],
	],

	['somebody took it elsewhere, before the webhook moved here', [starting('a', 1, { webhookUrl: OTHERS })], [], []],
	['nobody knows where it was taken', [starting('a', 1, { webhookUrl: null })], [], []],
	['it failed elsewhere', [failed('a', 1, { webhookUrl: OTHERS })], ['a failed'], ['a failed']],

	['it failed 29 seconds ago', [failed('a', 1, secondsAgo(29))], ['a failed'], []],
	['it failed 30 seconds ago', [failed('a', 1, secondsAgo(30))], ['a failed'], ['a failed']],
	['another answered 29 seconds ago', [starting('a', 1, secondsAgo(29))], [], []],
	['another answered 30 seconds ago', [starting('a', 1, secondsAgo(30))], [], ['a answeredByOther']],
	['it failed long ago, and again a moment ago', [failed('a', 1), failed('b', 2, secondsAgo(1))], ['b failed'], []],
	["Tally's clock is a little ahead", [failed('a', 1, secondsAgo(-29))], ['a failed'], []],
	["Tally's clock is far ahead", [failed('a', 1, secondsAgo(-30))], ['a failed'], ['a failed']],
	['nobody knows when', [failed('a', 1, { updatedAt: 'soon' })], ['a failed'], ['a failed']],
])('%s', (_what, deliveries, atOthers, atOurs) => {
	for (const log of [deliveries, [...deliveries].reverse()]) {
		expect(found(log, byAnyAnswer)).toEqual(atOthers);
		expect(found(log, byOwn)).toEqual(atOurs);
	}
});

it.each([byAnyAnswer, byOwn])('the last to change tells, whatever the order of the log', (rule) => {
	const first = failed('a', 1, { updatedAt: '2026-02-09T11:00:00.000Z' });
	const second = logged('b', 'DROPPED', 30);
	expect(found([first, second], rule)).toEqual(['a failed']);
	expect(found([second, first], rule)).toEqual(['a failed']);
});

it.each([byAnyAnswer, byOwn])('each webhook and each submission stands for itself; the oldest comes first', (rule) => {
	expect(
		found(
			[
				failed('d', 9, { submissionId: 's2' }),
				taken('c', 5),
				logged('b', 'DROPPED', 4, { webhookId: 'w2' }),
				failed('a', 3, { submissionId: null }),
				failed('e', 2, { submissionId: null, createdAt: 'broken', updatedAt: '' }),
			],
			rule,
		),
	).toEqual(['e failed', 'a failed', 'b dropped', 'd failed']);
});

it.each<[string, LoggedDelivery[], Ending, Ending]>([
	['is not in the log', [], 'pending', 'pending'],
	['is on its way', [logged('a', 'QUEUED', 2)], 'pending', 'pending'],
	['has not changed', [failed('a', 1)], 'pending', 'pending'],
	['has failed again', [failed('a', 2)], 'failed', 'failed'],
	['has failed again within the same moment', [failed('a', 1, { retry: 1 })], 'failed', 'failed'],
	['was dropped', [logged('a', 'DROPPED', 2)], 'failed', 'failed'],
	['has a new entry that failed', [failed('b', 2), failed('a', 1)], 'failed', 'failed'],
	['has a new entry that is on its way', [logged('b', 'QUEUED', 2), failed('a', 1)], 'pending', 'pending'],
	['has a new entry that the trigger took', [taken('b', 2), failed('a', 1)], 'succeeded', 'succeeded'],
	['was taken', [taken('a', 2)], 'succeeded', 'succeeded'],
	['was taken, and has failed since', [taken('a', 2), failed('b', 3)], 'failed', 'succeeded'],
	['was taken, and is sent once more', [taken('a', 2), logged('b', 'QUEUED', 3)], 'pending', 'succeeded'],
	['was answered by a page', [starting('a', 2)], 'succeeded', 'answeredByOther'],
	['got 200 and nothing else', [starting('a', 2, { isAnswerEmpty: true })], 'succeeded', 'answeredByOther'],
])('what was asked for again and %s', (_what, entries, atOthers, atOurs) => {
	expect(byAnyAnswer.standing(failed('a', 1), entries).ending).toBe(atOthers);
	expect(byOwn.standing(failed('a', 1), entries).ending).toBe(atOurs);
});

it('what another has answered is pending until it changes', () => {
	const before = starting('a', 1);
	expect(byOwn.standing(before, [before]).ending).toBe('pending');
	expect(byOwn.standing(before, [{ ...before, retry: 1 }]).ending).toBe('answeredByOther');
	expect(byOwn.standing(before, [taken('a', 1)])).toEqual({ ending: 'succeeded', now: taken('a', 1) });
});

it.each<[string, LoggedDelivery, boolean, boolean]>([
	['202', taken('a', 1), true, true],
	['202 with a body', taken('a', 1, { isAnswerEmpty: false }), true, true],
	['200 and nothing else', starting('a', 1, { isAnswerEmpty: true }), false, true],
	['200 and a page', starting('a', 1), false, false],
	['204', starting('a', 1, { statusCode: 204, isAnswerEmpty: true }), false, false],
	['202 that counts as failed', failed('a', 1, { statusCode: 202 }), false, false],
	['202 of somebody else', taken('a', 1, { webhookUrl: OTHERS }), false, false],
	['202 of nobody knows whom', taken('a', 1, { webhookUrl: null }), false, false],
])('%s shows a trigger', (_what, delivery, isMark, isTriggers) => {
	expect(hasMark([starting('z', 1), delivery], isOwn)).toBe(isMark);
	expect(isByTrigger(delivery, isOwn)).toBe(isTriggers);
});

describe('whatever a log holds', () => {
	const minute = fc.integer({ min: 0, max: 59 });
	const entry = fc
		.record({
			submission: fc.integer({ min: 1, max: 4 }),
			status: fc.constantFrom('SUCCEEDED', 'SUCCEEDED', 'FAILED', 'DROPPED', 'QUEUED', 'PAUSED'),
			statusCode: fc.constantFrom(200, 200, 202, 201, 204, 503, null),
			isAnswerEmpty: fc.boolean(),
			webhookUrl: fc.constantFrom(OWN, OWN, OTHERS, null),
			minute,
			changed: minute,
		})
		.map(({ submission, minute: created, changed, ...rest }) => ({
			...logged('', rest.status, created),
			...rest,
			submissionId: `s${submission}`,
			updatedAt: logged('', '', changed).updatedAt,
		}));
	const log = fc.array(entry, { maxLength: 20 }).map((entries) => entries.map((one, id) => ({ ...one, id: `d${id}` })));
	// Some of the deliveries are recent.
	const now = minute.map((at) => Date.UTC(2026, 1, 9, 10, at, 15));

	const entriesOf = (deliveries: LoggedDelivery[], { submissionId }: LoggedDelivery) =>
		deliveries.filter((one) => one.submissionId === submissionId);

	it('no trigger gets again what it took, nor what is on its way', () => {
		fc.assert(
			fc.property(log, now, (deliveries, at) => {
				for (const { before } of missedOf(deliveries, byOwnAnswer(isOwn, at))) {
					for (const { status, statusCode, isAnswerEmpty } of entriesOf(deliveries, before)) {
						expect(status).not.toBe('QUEUED');
						const isTaken = statusCode === 202 || (statusCode === 200 && isAnswerEmpty);
						expect([status, isTaken]).not.toEqual(['SUCCEEDED', true]);
					}
					expect(Math.abs(at - Date.parse(before.updatedAt))).toBeGreaterThanOrEqual(30_000);
				}
			}),
		);
	});

	it('nobody gets again what others took with any 2xx', () => {
		fc.assert(
			fc.property(log, now, (deliveries, at) => {
				for (const { before } of missedOf(deliveries, byAnyAnswer)) expect(before.status).not.toBe('SUCCEEDED');
				for (const { before } of missedOf(
					deliveries,
					byOwnAnswer(() => false, at),
				)) {
					expect(entriesOf(deliveries, before).map(({ status }) => status)).not.toContain('SUCCEEDED');
				}
				for (const { before } of missedOf(deliveries, byOwnAnswer(isOwn, at))) {
					const succeededElsewhere = entriesOf(deliveries, before).filter(
						({ status, webhookUrl }) => status === 'SUCCEEDED' && webhookUrl !== OWN,
					);
					expect(succeededElsewhere).toEqual([]);
				}
			}),
		);
	});

	it('each submission once, and all that nobody took and that is not recent', () => {
		fc.assert(
			fc.property(log, (deliveries) => {
				const missed = missedOf(deliveries, byOwn).map(({ before: { submissionId } }) => submissionId);
				expect(new Set(missed).size).toBe(missed.length);
				const lost = ['s1', 's2', 's3', 's4'].filter((submissionId) => {
					const entries = deliveries.filter((one) => one.submissionId === submissionId);
					return entries.length > 0 && entries.every(({ status }) => status === 'FAILED' || status === 'DROPPED');
				});
				expect(missed).toEqual(expect.arrayContaining(lost));
			}),
		);
	});
});
