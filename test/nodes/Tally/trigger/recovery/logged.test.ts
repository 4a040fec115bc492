import { readLogged } from '../../../../../nodes/Tally/trigger/recovery/logged';

const entry = {
	id: 'd1',
	deliveryStatus: 'SUCCEEDED',
	statusCode: 202,
	response: '',
	retry: 0,
	payload: { data: { submissionId: 'Z9Z97Go' } },
	createdAt: '2026-02-09T10:00:00.000Z',
	updatedAt: '2026-02-09T10:00:01.000Z',
};

it('reads an entry of the log, without what people have answered', () => {
	expect(readLogged(entry, 'w1')).toEqual({
		id: 'd1',
		webhookId: 'w1',
		submissionId: 'Z9Z97Go',
		standing: 'taken',
		isAnswered: true,
		isOnLadder: false,
		attempts: 1,
		lastAttemptAt: Date.parse('2026-02-09T10:00:01.000Z'),
	});
});

it.each([
	['SUCCEEDED', 202, '', 'taken'],
	['SUCCEEDED', 202, null, 'taken'],
	// The answer of version 1.0.0.
	['SUCCEEDED', 200, '', 'taken'],
	['SUCCEEDED', 200, null, 'taken'],
	['SUCCEEDED', 200, ' \n', 'taken'],
	['SUCCEEDED', 200, 'n8n is starting up. Please wait', 'notTaken'],
	['SUCCEEDED', 200, '<html>Sign in</html>', 'notTaken'],
	['SUCCEEDED', 204, '', 'notTaken'],
	['SUCCEEDED', 201, '', 'notTaken'],
	['FAILED', 500, '{"message":"Error in workflow"}', 'runFailed'],
	['DROPPED', 500, '{"message":"Error in workflow"}', 'runFailed'],
	['FAILED', 500, null, 'runFailed'],
	['FAILED', 500, '{"code":0,"message":"Workflow Webhook Error: Workflow could not be started!"}', 'notTaken'],
	['FAILED', 502, '<html>Bad Gateway</html>', 'notTaken'],
	['FAILED', 404, '{"code":404,"message":"The requested webhook is not registered."}', 'notTaken'],
	['FAILED', 401, 'Unauthorized', 'notTaken'],
	['FAILED', 503, '', 'notTaken'],
	['FAILED', null, null, 'notTaken'],
	['DROPPED', null, 'ECONNREFUSED', 'notTaken'],
	['QUEUED', null, null, 'underWay'],
	['QUEUED', 500, 'Error in workflow', 'underWay'],
	['A NEW WORD', 418, null, 'notTaken'],
	[undefined, undefined, undefined, 'notTaken'],
])('%s with %j %j is %s', (deliveryStatus, statusCode, response, standing) => {
	expect(readLogged({ ...entry, deliveryStatus, statusCode, response }, 'w1')?.standing).toBe(standing);
});

it.each([
	[{ id: undefined }],
	[{ id: '../users/me' }],
	[{ payload: undefined }],
	[{ payload: { data: null } }],
	[{ payload: { data: { submissionId: '' } } }],
])('leaves out what can not be asked for, or tells of no submission: %j', (odd) => {
	expect(readLogged({ ...entry, ...odd }, 'w1')).toBeUndefined();
});

it('takes the name of 2021 for a submission', () => {
	expect(readLogged({ ...entry, payload: { data: { responseId: 'old' } } }, 'w1')?.submissionId).toBe('old');
});

it.each([
	['FAILED', true],
	['DROPPED', false],
	['SUCCEEDED', false],
])('%s: Tally goes on by itself: %s', (deliveryStatus, isOnLadder) => {
	expect(readLogged({ ...entry, deliveryStatus }, 'w1')?.isOnLadder).toBe(isOnLadder);
});

it.each([
	[2, 3],
	[-1, 1],
	[undefined, 1],
	['2', 1],
])('retry %j: sent %j times', (retry, attempts) => {
	expect(readLogged({ ...entry, retry }, 'w1')?.attempts).toBe(attempts);
});

it('goes by the first time if there is no other, and by the beginning of time if there is none', () => {
	expect(readLogged({ ...entry, updatedAt: undefined }, 'w1')?.lastAttemptAt).toBe(Date.parse(entry.createdAt));
	expect(readLogged({ ...entry, updatedAt: 'soon', createdAt: 7 }, 'w1')?.lastAttemptAt).toBe(0);
});
