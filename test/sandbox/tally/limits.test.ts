import { startTally } from '../../../sandbox/tally/tally';
import { call } from './client';

it('turns away more requests in a minute than it allows', async () => {
	const tally = await startTally({ requestsPerMinute: 3 });
	const statuses: number[] = [];
	for (let index = 0; index < 5; index++) statuses.push((await call(tally, 'GET', '/users/me')).status);
	expect(statuses).toEqual([200, 200, 200, 429, 429]);
	await tally.close();
});

it.each([
	['FREE', 401],
	['PRO', 201],
] as const)('has workspaces made on the right plan only: %s', async (plan, status) => {
	const tally = await startTally({ plan });
	const reply = await call(tally, 'POST', '/workspaces', { name: 'Shop' });
	expect(reply).toMatchObject({ status, json: plan === 'FREE' ? { errorType: 'PLAN' } : { name: 'Shop' } });
	expect((await call(tally, 'GET', '/users/me')).json).toMatchObject({ subscriptionPlan: plan });
	await tally.close();
});

it('keeps what was begun and not sent apart, and delivers none of it', async () => {
	const tally = await startTally();
	const { submissionId } = tally.begin({ Phone: '+1' });
	const path = `/forms/${tally.formId}/submissions`;
	expect((await call(tally, 'GET', `${path}?filter=partial`)).json).toMatchObject({
		submissions: [{ id: submissionId, isCompleted: false, submittedAt: null }],
		totalNumberOfSubmissionsPerFilter: { all: 1, completed: 0, partial: 1 },
	});
	expect((await call(tally, 'GET', `${path}?filter=completed`)).json).toMatchObject({ submissions: [] });
	expect(tally.deliveries()).toEqual([]);
	await tally.close();
});
