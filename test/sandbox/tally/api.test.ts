import { loadContract } from '../../../sandbox/contract';
import { buildForm } from '../../../sandbox/tally/sampleForm';
import { startTally } from '../../../sandbox/tally/tally';
import type { LocalTally } from '../../../sandbox/tally/tally';
import { addWebhook, call } from './client';
import { anyText, listWith } from '../matching';

const webhookUrl = 'https://n8n.example.com/webhook/abc';

describe('REST API of the local Tally', () => {
	let tally: LocalTally;

	beforeEach(async () => {
		tally = await startTally();
	});

	afterEach(async () => {
		await tally.close();
	});

	it('answers a wrong or missing key with 401 in plain text', async () => {
		for (const key of ['Bearer wrong', '', tally.apiKey]) {
			const reply = await call(tally, 'GET', '/users/me', undefined, { Authorization: key });
			expect(reply).toMatchObject({ status: 401, text: 'Unauthorized' });
			expect(reply.type).toContain('text/plain');
		}
	});

	it('shows the user, with the secret that the real one leaks', async () => {
		const { status, json } = await call(tally, 'GET', '/users/me');
		expect(status).toBe(200);
		expect(json).toMatchObject({ subscriptionPlan: 'FREE', authorizationToken: anyText });
	});

	describe('forms', () => {
		it('lists them page by page', async () => {
			for (let index = 0; index < 60; index += 1) {
				tally.addForm(buildForm(`form${index}`, `Form ${index}`, []));
			}
			const first = (await call(tally, 'GET', '/forms')).json as { items: unknown[] };
			expect(first).toMatchObject({ page: 1, limit: 50, total: 61, hasMore: true });
			expect(first.items).toHaveLength(50);
			const second = (await call(tally, 'GET', '/forms?page=2')).json as { items: unknown[] };
			expect(second).toMatchObject({ page: 2, hasMore: false });
			expect(second.items).toHaveLength(11);
			const all = (await call(tally, 'GET', '/forms?limit=500')).json as { items: unknown[] };
			expect(all.items).toHaveLength(61);
		});

		it('lists them as a bare array for the first API version', async () => {
			const headers = { 'tally-version': '2025-01-15' };
			const { json } = await call(tally, 'GET', '/forms', undefined, headers);
			expect(json).toEqual([expect.objectContaining({ id: tally.formId, name: 'Feedback' })]);
		});

		it('shows one with its blocks: an option is a block whose uuid webhooks use', async () => {
			const { json } = await call(tally, 'GET', `/forms/${tally.formId}`);
			const { blocks } = json as { blocks: Array<{ type: string; payload: object }> };
			const options = blocks.filter(({ type }) => type === 'CHECKBOX');
			expect(options.map(({ payload }) => payload)).toEqual([
				expect.objectContaining({ safeHTMLSchema: [['Price']], isFirst: true }),
				expect.objectContaining({ safeHTMLSchema: [['Fit, '], ['and finish', [['tag', 'span']]]] }),
				expect.objectContaining({ safeHTMLSchema: [['Service']], isLast: true }),
			]);
		});

		it('shows questions without options, and hidden fields without a title', async () => {
			const { json } = await call(tally, 'GET', `/forms/${tally.formId}/questions`);
			const { questions } = json as { questions: Array<Record<string, unknown>> };
			expect(questions.find(({ title }) => title === 'Topics')).not.toHaveProperty('options');
			expect(questions.find(({ type }) => type === 'HIDDEN_FIELDS')).toMatchObject({
				title: null,
				fields: [
					{ type: 'HIDDEN_FIELD', title: 'utm_source' },
					{ type: 'HIDDEN_FIELD', title: 'utm_campaign' },
				],
			});
		});

		it('keeps a trashed form in the list only', async () => {
			tally.trashForm(tally.formId);
			const { json } = await call(tally, 'GET', '/forms');
			expect(json).toMatchObject({ items: [{ id: tally.formId, status: 'DELETED' }] });
			for (const path of ['', '/questions', '/submissions']) {
				const reply = await call(tally, 'GET', `/forms/${tally.formId}${path}`);
				expect(reply).toMatchObject({ status: 404, json: { errorType: 'NOT_FOUND' } });
			}
		});
	});

	describe('submissions', () => {
		it('shows answered questions only, options by their texts, newest first', async () => {
			const first = await tally.submit({ 'Your email': 'ada@example.com' });
			const second = await tally.submit({ Topics: ['Service', 'Price'], 'Rate us': 0 });
			const { json } = await call(tally, 'GET', `/forms/${tally.formId}/submissions?filter=completed`);
			const { submissions, ...rest } = json as {
				submissions: Array<{ id: string; responses: Array<{ answer: unknown }> }>;
			};
			expect(rest).toMatchObject({
				totalNumberOfSubmissionsPerFilter: { all: 2, completed: 2, partial: 0 },
			});
			expect(submissions.map(({ id }) => id)).toEqual([second.submissionId, first.submissionId]);
			const answers = submissions.map(({ responses }) => responses.map(({ answer }) => answer));
			expect(answers[0]).toEqual([0, ['Service', 'Price'], { score: 0, mood: 'unhappy' }]);
			expect(answers[1]).toEqual(['ada@example.com', { score: 0, mood: 'unhappy' }]);
		});

		it('pages, counts on from a submission, and shows one', async () => {
			const ids: string[] = [];
			for (let index = 0; index < 3; index += 1) ids.push((await tally.submit()).submissionId);
			const path = `/forms/${tally.formId}/submissions`;
			expect((await call(tally, 'GET', `${path}?limit=2`)).json).toMatchObject({ hasMore: true });
			const after = (await call(tally, 'GET', `${path}?afterId=${ids[0]}`)).json;
			expect((after as { submissions: Array<{ id: string }> }).submissions.map(({ id }) => id)).toEqual([
				ids[2],
				ids[1],
			]);
			const one = await call(tally, 'GET', `${path}/${ids[1]}`);
			expect(one.json).toMatchObject({ submission: { id: ids[1] } });
			expect((await call(tally, 'GET', `${path}/nobody`)).status).toBe(404);
		});
	});

	describe('webhooks', () => {
		it('answers 401 to the list until the account made its first webhook, and never again', async () => {
			const before = await call(tally, 'GET', '/webhooks');
			expect(before).toMatchObject({ status: 401, text: 'Unauthorized' });
			expect(before.type).toContain('text/plain');
			const id = await addWebhook(tally, webhookUrl);
			expect((await call(tally, 'GET', '/webhooks')).status).toBe(200);
			expect(await call(tally, 'DELETE', `/webhooks/${id}`)).toMatchObject({
				status: 204,
				text: '',
			});
			expect(await call(tally, 'GET', '/webhooks')).toMatchObject({
				status: 200,
				json: { webhooks: [], totalCount: 0, hasMore: false },
			});
		});

		it('lists secrets and headers in clear, and takes the same form and address twice', async () => {
			const more = { signingSecret: 'secret', httpHeaders: [{ name: 'X-A', value: 'b' }] };
			await addWebhook(tally, webhookUrl, more);
			await addWebhook(tally, webhookUrl);
			expect((await call(tally, 'GET', '/webhooks')).json).toMatchObject({
				webhooks: [
					{ url: webhookUrl, isEnabled: true, externalSubscriber: null, ...more },
					{ url: webhookUrl, signingSecret: null, httpHeaders: null },
				],
				totalCount: 2,
			});
		});

		it('pages by 25, by 100 at most', async () => {
			for (let index = 0; index < 30; index += 1) await addWebhook(tally, webhookUrl);
			const page = (await call(tally, 'GET', '/webhooks')).json as { webhooks: unknown[] };
			expect(page).toMatchObject({ page: 1, limit: 25, hasMore: true, totalCount: 30 });
			expect(page.webhooks).toHaveLength(25);
			expect((await call(tally, 'GET', '/webhooks?page=2')).json).toMatchObject({ hasMore: false });
			expect((await call(tally, 'GET', '/webhooks?limit=100')).status).toBe(200);
			expect((await call(tally, 'GET', '/webhooks?limit=101')).status).toBe(400);
		});

		it('replaces a webhook as a whole: what PATCH leaves out is gone', async () => {
			const id = await addWebhook(tally, webhookUrl, { signingSecret: 'secret' });
			const whole = { formId: tally.formId, url: `${webhookUrl}/2`, eventTypes: ['FORM_RESPONSE'] };
			expect((await call(tally, 'PATCH', `/webhooks/${id}`, whole)).status).toBe(400);
			expect(tally.webhooks()).toMatchObject([{ url: webhookUrl, signingSecret: 'secret' }]);
			const reply = await call(tally, 'PATCH', `/webhooks/${id}`, { ...whole, isEnabled: false });
			expect(reply).toMatchObject({ status: 204, text: '' });
			expect(tally.webhooks()).toMatchObject([{ ...whole, isEnabled: false, signingSecret: null }]);
		});

		it('answers 404 in JSON to ids that are unknown', async () => {
			const body = {
				formId: tally.formId,
				url: webhookUrl,
				eventTypes: ['FORM_RESPONSE'],
				isEnabled: true,
			};
			for (const [method, path, sent] of [
				['PATCH', '/webhooks/nobody', body],
				['DELETE', '/webhooks/nobody', undefined],
				['GET', '/webhooks/nobody/events', undefined],
				['POST', '/webhooks/nobody/events/none', undefined],
				['POST', '/webhooks', { ...body, formId: 'nobody', isEnabled: undefined }],
			] as const) {
				const reply = await call(tally, method, path, sent);
				expect(reply).toMatchObject({ status: 404, json: { errorType: 'NOT_FOUND' } });
			}
		});

		it.each([
			['an address of this machine', 'http://localhost:5678/webhook/1', 400],
			['a private address', 'https://192.168.1.20/webhook/1', 400],
			['a loopback address in IPv6', 'http://[::1]:5678/webhook/1', 400],
			['a name without a dot', 'http://n8n:5678/webhook/1', 400],
			['a public name', 'https://n8n.example.com/webhook/1', 201],
			['a public address', 'https://203.0.113.7/webhook/1', 201],
		])('can refuse what the internet does not reach: %s', async (_name, url, status) => {
			const strict = await startTally({ refuseLocalAddresses: true });
			try {
				const body = { formId: strict.formId, url, eventTypes: ['FORM_RESPONSE'] };
				const reply = await call(strict, 'POST', '/webhooks', body);
				expect(reply.status).toBe(status);
				expect(strict.webhooks()).toHaveLength(status === 201 ? 1 : 0);
			} finally {
				await strict.close();
			}
		});
	});

	describe('the API description', () => {
		const good = { url: webhookUrl, eventTypes: ['FORM_RESPONSE'] };

		it.each([
			['a body without its form', { ...good }],
			['an address that is none', { ...good, formId: 'x', url: 'nowhere' }],
			['an event that does not exist', { ...good, formId: 'x', eventTypes: ['FORM_OPENED'] }],
			['a secret that is no text', { ...good, formId: 'x', signingSecret: 12 }],
			['headers of another shape', { ...good, formId: 'x', httpHeaders: { a: 'b' } }],
			['a list', []],
		])("refuses %s in Tally's words and notes it", async (_name, body) => {
			const reply = await call(tally, 'POST', '/webhooks', body);
			expect(reply.status).toBe(400);
			expect(reply.json).toEqual({
				message: anyText,
				errorType: 'VALIDATION',
				errors: listWith([{ errorType: 'VALIDATION', msg: anyText }]),
			});
			expect(tally.violations().length).toBeGreaterThan(0);
			expect(tally.violations().join()).not.toContain('nowhere');
		});

		it('refuses a body that is not JSON, a parameter that is not described and a path that is none', async () => {
			const headers = {
				Authorization: `Bearer ${tally.apiKey}`,
				'Content-Type': 'application/json',
			};
			const broken = await fetch(`${tally.url}/webhooks`, {
				method: 'POST',
				headers,
				body: '{"a":',
			});
			expect(broken.status).toBe(400);
			expect(await broken.json()).toMatchObject({ errorType: 'VALIDATION' });
			expect((await call(tally, 'GET', '/forms?search=x')).status).toBe(400);
			expect((await call(tally, 'GET', '/formz')).status).toBe(404);
			expect(tally.violations()).toHaveLength(3);
		});

		it('is kept by our own answers and by the deliveries', async () => {
			const id = await addWebhook(tally, 'http://127.0.0.1:9/nobody', { signingSecret: 's' });
			await tally.submit();
			await tally.submit({});
			for (const path of [
				'/users/me',
				'/forms',
				`/forms/${tally.formId}`,
				`/forms/${tally.formId}/questions`,
				`/forms/${tally.formId}/submissions`,
				'/webhooks',
				`/webhooks/${id}/events`,
			]) {
				expect((await call(tally, 'GET', path)).status).toBe(200);
			}
			expect(tally.violations()).toEqual([]);
			const check = (await loadContract('tally.yaml')).schema('FormResponseEvent');
			const payloads: unknown = JSON.parse(JSON.stringify(tally.deliveries().map(({ payload }) => payload)));
			expect((payloads as unknown[]).map(check)).toEqual([[], []]);
		});
	});

	it('gives the next request the answer it is told to give', async () => {
		tally.failNext({ status: 429, body: { message: 'Too many requests' } });
		expect(await call(tally, 'GET', '/forms')).toMatchObject({
			status: 429,
			json: { message: 'Too many requests' },
		});
		expect((await call(tally, 'GET', '/forms')).status).toBe(200);
	});
});
