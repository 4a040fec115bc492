import { type LocalTally, startTally } from '../../../sandbox/tally/tally';
import { call } from './client';

let tally: LocalTally;

beforeEach(async () => {
	tally = await startTally({ keepsPartials: true });
});

afterEach(async () => {
	await tally.close();
});

async function listed(filter: string): Promise<unknown> {
	const { json } = await call(tally, 'GET', `/forms/${tally.formId}/submissions?filter=${filter}`);
	return (json as { submissions: unknown }).submissions;
}

/** As the form's page sends it. */
async function send(address: string, answers: Record<string, string>): Promise<Response> {
	const body = new FormData();
	for (const [name, value] of Object.entries(answers)) body.append(name, value);
	return await fetch(address, { method: 'POST', body, redirect: 'manual' });
}

async function idOf(title: string): Promise<string> {
	const { json } = await call(tally, 'GET', `/forms/${tally.formId}/questions`);
	const { questions } = json as { questions: Array<{ id: string; title: string }> };
	return questions.find((question) => question.title === title)?.id ?? '';
}

it('keeps one submission while somebody types, changes and sends it', async () => {
	const email = await idOf('Your email');
	const begun = await send(`${tally.formUrl()}/begun`, { [email]: 'ada@' });
	const { id } = (await begun.json()) as { id: string };
	await send(`${tally.formUrl()}/begun?begun=${id}`, { [email]: 'ada@example.com' });
	const kept = await listed('partial');
	expect(kept).toMatchObject([{ id, isCompleted: false, submittedAt: null }]);
	expect(kept).toMatchObject([{ responses: [{ answer: 'ada@example.com' }, {}] }]);

	const sent = await send(`${tally.formUrl()}?begun=${id}`, { [email]: 'ada@example.com' });
	expect(sent.headers.get('location')).toBe(`/r/${tally.formId}/thanks/${id}`);
	expect(await listed('partial')).toEqual([]);
	expect(await listed('completed')).toMatchObject([
		{ id, isCompleted: true, submittedAt: expect.any(String) as string },
	]);
	// What is sent already is not changed any more: this begins another one.
	await send(`${tally.formUrl()}/begun?begun=${id}`, { [email]: 'grace@example.com' });
	expect(await listed('partial')).toHaveLength(1);
});

it('tells when it was begun and when it was changed', async () => {
	tally.behave({ clockAheadMs: -3_600_000 });
	const { submissionId } = tally.begin({ 'Your email': 'ada@' });
	tally.behave({ clockAheadMs: -1_800_000 });
	tally.goOn(submissionId, { 'Your email': 'ada@example.com' });
	tally.behave({ clockAheadMs: 0 });
	const [{ createdAt, updatedAt }] = (await listed('partial')) as [{ createdAt: string; updatedAt: string }];
	expect(Date.parse(updatedAt) - Date.parse(createdAt)).toBeGreaterThanOrEqual(1_799_000);
	tally.complete(submissionId, { 'Your email': 'ada@example.com' });
	const [{ submittedAt }] = (await listed('completed')) as [{ submittedAt: string }];
	expect(Date.parse(submittedAt)).toBeGreaterThan(Date.parse(updatedAt));
});

it('may give a time of submission to what was not sent', async () => {
	tally.behave({ partialsAreDated: true });
	tally.begin({ 'Your email': 'ada@' });
	expect(await listed('partial')).toMatchObject([{ isCompleted: false, submittedAt: expect.any(String) as string }]);
});

it('keeps nothing of it where the form does not ask for that', async () => {
	const free = await startTally();
	const answer = await fetch(`${free.formUrl()}/begun`, { method: 'POST', body: new FormData() });
	expect(answer.status).toBe(404);
	expect(await (await fetch(free.formUrl())).text()).toContain('data-begun=""');
	await free.close();
});
