import type { IDataObject, IExecuteFunctions, OnError } from 'n8n-workflow';

import type { Subject } from '../../../../nodes/CleverTap/parameters/queryFields';
import { countItems } from '../../../../nodes/CleverTap/read/count';
import { fakeNode } from '../../../support/fakeNode';

const query = { event_name: 'Charged', from: 20260101, to: 20260131 };

/** What the node makes of two items where CleverTap gives these answers in turn. */
async function counted(
	subject: Subject,
	parameters: Record<string, unknown>,
	answers: IDataObject[],
	onError?: OnError,
) {
	const sent: Array<{ url: string; body: unknown }> = [];
	const context = {
		...fakeNode({ items: [{ in: 0 }, { in: 1 }], parameters: { queryMode: 'json', ...parameters }, onError }),
		getCredentials: () => Promise.resolve({ region: 'in1' }),
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: (_credential: string, { url, body }: { url: string; body: unknown }) => {
				sent.push({ url, body: JSON.parse(String(body)) });
				return Promise.resolve({ statusCode: 200, headers: {}, body: JSON.stringify(answers.shift()) });
			},
		},
	} as unknown as IExecuteFunctions;
	return { output: await countItems(context, subject), sent };
}

it.each<[Subject, string]>([
	['event', 'https://in1.api.clevertap.com/1/counts/events.json'],
	['profile', 'https://in1.api.clevertap.com/1/counts/profiles.json'],
])('counts once for each item what is asked about each %s', async (subject, url) => {
	const days = (item: number) => ({ ...query, to: query.to - item });
	const answers = [0, 7].map((count) => ({ status: 'success', count }));
	const { output, sent } = await counted(subject, { queryJson: days }, answers);
	expect(output).toEqual([
		{ json: { count: 0 }, pairedItem: { item: 0 } },
		{ json: { count: 7 }, pairedItem: { item: 1 } },
	]);
	expect(sent).toEqual([0, 1].map((item) => ({ url, body: days(item) })));
});

it('says of each item why there is no count', async () => {
	const queryJson = (item: number) => (item === 0 ? 'none' : query);
	const preparing = { status: 'partial', req_id: 7 };
	const parameters = { queryJson, options: { maxWait: 0 } };
	const { output, sent } = await counted('event', parameters, [preparing], 'continueRegularOutput');
	expect(output).toMatchObject([
		{
			json: { in: 0, details: { status: 'refused', reason: '"Query (JSON)" is not valid JSON' } },
			pairedItem: { item: 0 },
		},
		{
			json: { in: 1, details: { reason: 'CleverTap was still preparing the answer after 0 seconds' } },
			pairedItem: { item: 1 },
		},
	]);
	expect(sent).toHaveLength(1);
});
