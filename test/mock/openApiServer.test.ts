import { loadContract } from '../../sandbox/contract';
import { mockAnswer, startOpenApiServer } from './openApiServer';
import type { MockAnswer, OpenApiServer, OpenApiServerOptions } from './openApiServer';

const servers: OpenApiServer[] = [];

afterEach(async () => {
	await Promise.all(servers.splice(0).map(async (server) => await server.close()));
});

async function start(options: OpenApiServerOptions): Promise<OpenApiServer> {
	const server = await startOpenApiServer(options);
	servers.push(server);
	return server;
}

async function ask(server: OpenApiServer, path: string, { body, ...more }: RequestInit = {}) {
	const response = await fetch(server.url + path, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { authorization: 'Bearer tly-mock', 'content-type': 'application/json' },
		...more,
		...(body === undefined ? {} : { body }),
	});
	const text = await response.text();
	return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const seeds = Array.from({ length: 6 }, (_, index) => index + 1);

describe.each(['tally', 'clevertap'] as const)('the answers of %s', (service) => {
	const answers = async (options: Partial<OpenApiServerOptions>, number = 1): Promise<MockAnswer[]> => {
		const contract = await loadContract(`${service}.yaml`);
		return contract.operations.flatMap((operationId) =>
			seeds.map((seed) => mockAnswer(contract, operationId, number, { seed, ...options })),
		);
	};

	it.each([{}, { optionals: 0 }, { optionals: 1 }, { answers: 'described' }, { maxPages: 1 }] as const)(
		'are as described, for every operation and with %j',
		async (options) => {
			const contract = await loadContract(`${service}.yaml`);
			for (const { operationId, status, body } of await answers(options)) {
				expect(contract.answersOf(operationId).map((described) => described.status)).toContain(status);
				expect(body === undefined ? [] : contract.answerBreaks(operationId, status, body)).toEqual([]);
			}
		},
	);

	it('are successes unless told otherwise', async () => {
		expect((await answers({})).every(({ status }) => status >= 200 && status < 300)).toBe(true);
		expect((await answers({ answers: 'described' })).some(({ status }) => status >= 400)).toBe(true);
	});

	it('are the same for a seed, and others for another', async () => {
		expect(await answers({})).toEqual(await answers({}));
		const different = (await answers({})).map((answer) => JSON.stringify(answer));
		expect(new Set(different).size).toBeGreaterThan(different.length / 2);
	});

	it('have more the more optional members are asked for', async () => {
		const lengthWith = async (optionals: number) =>
			JSON.stringify(await answers({ optionals, unknownMembers: false })).length;
		expect(await lengthWith(0)).toBeLessThan(await lengthWith(0.5));
		expect(await lengthWith(0.5)).toBeLessThan(await lengthWith(1));
	});

	it('have members that the description does not know, and none where that is not wanted', async () => {
		const unknown = /"(addedLater|x_new|constructor|__proto__)":/g;
		const found = JSON.stringify(await answers({})).match(unknown) ?? [];
		expect(new Set(found).size).toBe(4);
		expect(JSON.stringify(await answers({ unknownMembers: false }))).not.toMatch(unknown);
	});

	it('come to an end', async () => {
		const last = JSON.stringify(await answers({ maxPages: 2 }, 2));
		expect(last).not.toMatch(/"hasMore":true|"next_cursor"|"status":"partial","req_id"/);
		expect(JSON.stringify(await answers({ maxPages: 2 }, 1))).toMatch(/"hasMore":true|"next_cursor"/);
	});
});

it('have members in maps, too', async () => {
	const contract = await loadContract('tally.yaml');
	const made = Array.from(
		{ length: 30 },
		(_, index) => mockAnswer(contract, 'analyticsVisits', index, { optionals: 1, unknownMembers: false }).body,
	);
	const sizes = made.map((body) => Object.keys((body as { data: object }).data).length);
	expect(Math.max(...sizes)).toBe(2);
	expect(Math.min(...sizes)).toBe(0);
});

describe('the server', () => {
	it('says which operations were asked, and whether as described', async () => {
		const server = await start({ service: 'tally' });
		expect((await ask(server, '/users/me')).status).toBe(200);
		expect((await ask(server, '/forms?limit=many')).status).toBe(200);
		expect((await ask(server, '/webhooks', { body: JSON.stringify({ url: 7 }) })).status).toBe(201);
		expect((await ask(server, '/forms/abc', { method: 'DELETE' })).status).toBe(204);
		expect(server.asked()).toEqual(new Set(['getMe', 'listForms', 'createWebhook', 'deleteForm']));
		expect(server.operations).toEqual(expect.arrayContaining([...server.asked()]));
		expect(server.requests().map(({ breaks }) => breaks.length > 0)).toEqual([false, true, true, false]);
		expect(server.breaks().join('\n')).toContain('GET /forms?limit=many: /query/limit');
		expect(server.requests()[0]?.answer).toMatchObject({ operationId: 'getMe', number: 1, status: 200 });
	});

	it('answers what it was asked from the seed and the operation alone', async () => {
		const [one, other] = [await start({ service: 'tally', seed: 4 }), await start({ service: 'tally', seed: 4 })];
		await ask(other, '/workspaces');
		for (const path of ['/forms', '/forms', '/users/me']) expect(await ask(one, path)).toEqual(await ask(other, path));
		const { json } = await ask(one, '/forms');
		expect(one.requests().at(-1)?.answer).toMatchObject({ number: 3, body: json });
	});

	it('turns away what the description does not have', async () => {
		const server = await start({ service: 'clevertap' });
		expect((await ask(server, '/1/timeline.json')).status).toBe(404);
		expect(server.breaks()).toEqual(['GET /1/timeline.json: is not in the API description']);
		expect(server.asked().size).toBe(0);
	});

	it('says what of a body it could not read, without its text', async () => {
		const server = await start({ service: 'clevertap' });
		await ask(server, '/1/upload', { body: '{"secret":' });
		expect(server.breaks().join()).toContain('the body is not JSON');
		expect(server.breaks().join()).not.toContain('secret');
	});

	it('lets a test change an answer, as far as it stays as described', async () => {
		const none = { items: [], page: 1, limit: 50, total: 0, hasMore: false };
		const shape = (answer: MockAnswer) =>
			answer.operationId === 'listForms' ? { status: 200, body: none } : { status: 404, body: { message: 'Gone' } };
		const server = await start({ service: 'tally', shape });
		expect(await ask(server, '/forms')).toEqual({ status: 200, json: none });
		expect(await ask(server, '/forms/abc')).toEqual({ status: 404, json: { message: 'Gone' } });
		const wrong = await start({ service: 'tally', shape: () => ({ status: 200, body: { items: 'none' } }) });
		expect((await ask(wrong, '/workspaces')).status).toBe(500);
		expect(wrong.breaks()[0]).toContain('the answer to listWorkspaces is not as described');
	});
});
