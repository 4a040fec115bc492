import { startTally } from '../../../sandbox/tally/tally';
import type { LocalTally } from '../../../sandbox/tally/tally';
import { startReceiver } from '../receiver';
import type { Receiver } from '../receiver';
import { addWebhook, call } from './client';

/** What a person does in Tally itself. */
describe('in the local Tally a person', () => {
	let tally: LocalTally;
	let receiver: Receiver;

	beforeEach(async () => {
		tally = await startTally({ timeScale: 1e-7 });
		receiver = await startReceiver();
	});

	afterEach(async () => {
		await tally.close();
		await receiver.close();
	});

	const submissionsPath = () => `/forms/${tally.formId}/submissions`;

	it('removes a webhook: nothing more is delivered, and its log is out of reach', async () => {
		const id = await addWebhook(tally, receiver.url);
		await tally.submit();
		await tally.settled();
		tally.removeWebhook(id);
		await tally.submit();
		await tally.settled();
		expect(receiver.received).toHaveLength(1);
		const [entry] = tally.deliveries();
		expect(tally.deliveries()).toMatchObject([{ webhookId: id, deliveryStatus: 'SUCCEEDED' }]);
		expect((await call(tally, 'GET', '/webhooks')).json).toMatchObject({ webhooks: [], totalCount: 0 });
		for (const [method, path] of [
			['GET', `/webhooks/${id}/events`],
			['POST', `/webhooks/${id}/events/${entry?.id}`],
			['DELETE', `/webhooks/${id}`],
		] as const) {
			expect((await call(tally, method, path)).status).toBe(404);
		}
		expect(() => tally.removeWebhook(id)).toThrow(id);
	});

	it('removes a webhook whose delivery waits for its retry: that is given up', async () => {
		const slow = await startTally();
		const id = await addWebhook(slow, 'http://127.0.0.1:9/nobody');
		await slow.submit();
		while (slow.deliveries()[0]?.deliveryStatus !== 'FAILED') {
			await new Promise((resolve) => setImmediate(resolve));
		}
		slow.removeWebhook(id);
		await slow.settled();
		expect(slow.deliveries()).toMatchObject([{ deliveryStatus: 'DROPPED' }]);
		await slow.close();
	});

	it('switches a webhook off and on: what is submitted in between no log knows', async () => {
		const id = await addWebhook(tally, receiver.url, { signingSecret: 's' });
		tally.switchWebhook(id, false);
		expect((await call(tally, 'GET', '/webhooks')).json).toMatchObject({
			webhooks: [{ id, isEnabled: false, signingSecret: 's' }],
		});
		await tally.submit();
		await tally.settled();
		expect(tally.deliveries()).toEqual([]);
		expect((await call(tally, 'GET', `/webhooks/${id}/events`)).json).toMatchObject({ totalNumberOfEvents: 0 });
		tally.switchWebhook(id, true);
		const { submissionId } = await tally.submit();
		await tally.settled();
		expect(tally.deliveries()).toMatchObject([{ payload: { data: { submissionId } } }]);
		expect(() => tally.switchWebhook('nobody', true)).toThrow('nobody');
	});

	it('removes a submission: the log still has it', async () => {
		await addWebhook(tally, receiver.url);
		const { submissionId } = await tally.submit();
		await tally.settled();
		tally.removeSubmission(submissionId);
		expect((await call(tally, 'GET', submissionsPath())).json).toMatchObject({ submissions: [] });
		expect((await call(tally, 'GET', `${submissionsPath()}/${submissionId}`)).status).toBe(404);
		expect(tally.deliveries()).toHaveLength(1);
		expect(() => tally.removeSubmission(submissionId)).toThrow(submissionId);
	});

	it('takes a form out of the trash, with what was submitted before', async () => {
		const { submissionId } = await tally.submit();
		tally.trashForm(tally.formId);
		expect((await call(tally, 'GET', submissionsPath())).status).toBe(404);
		await expect(tally.submit()).rejects.toThrow('is not published');
		tally.restoreForm(tally.formId);
		expect((await call(tally, 'GET', submissionsPath())).json).toMatchObject({ submissions: [{ id: submissionId }] });
		await tally.submit();
		expect(() => tally.restoreForm(tally.formId)).toThrow('trash');
	});
});
