import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { searchEvents, searchProfileProperties } from '../../../../nodes/CleverTap/listSearch/schemaNames';

/** What a picker sees of n8n: a credential, and a CleverTap that gives one answer. */
function picker(statusCode: number, body: unknown, credential: object = { region: 'eu1' }) {
	const urls: string[] = [];
	const context = {
		getNode: () => ({ name: 'CleverTap', type: 'cleverTap' }),
		getCredentials: () => Promise.resolve(credential),
		helpers: {
			httpRequestWithAuthentication(_type: string, { method, url }: { method: string; url: string }) {
				urls.push(`${method} ${url}`);
				if (statusCode === 0) return Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
				return Promise.resolve({ statusCode, body, headers: {} });
			},
		},
	};
	return { context: context as unknown as ILoadOptionsFunctions, urls };
}

const schema = {
	events: [{ name: 'Charged' }, { name: 'App Launched' }, { name: 'Charged' }, { name: '={{ 1 }}' }, { id: 4 }],
	userProperties: [{ name: 'Plan' }, { name: 'Customer Type' }, { name: 'a=' }],
};

describe('pickers', () => {
	it.each([
		['events', searchEvents, 'type=events', ['App Launched', 'Charged']],
		['profile properties', searchProfileProperties, 'type=userProperties', ['a=', 'Customer Type', 'Plan']],
	])('list the account’s %s by name', async (_name, search, query, names) => {
		const { context, urls } = picker(200, schema);
		const { results } = await search.call(context);
		expect(results).toEqual(names.map((name) => ({ name, value: name })));
		expect(urls).toEqual([`GET https://api.clevertap.com/getSchema?${query}`]);
	});

	it('find a name by a part of it, whatever its case', async () => {
		const { results } = await searchEvents.call(picker(200, schema).context, 'LAUNCH');
		expect(results.map(({ name }) => name)).toEqual(['App Launched']);
	});

	it('are empty where the account has no names', async () => {
		expect(await searchEvents.call(picker(200, { events: 'none' }).context)).toEqual({ results: [] });
	});

	it.each<[string, number, unknown, string]>([
		['refuses the credential', 401, { status: 'fail', error: 'Invalid Credentials' }, 'Open the CleverTap credential'],
		['is busy', 429, { status: 'fail', error: 'Too many requests' }, 'Run the node again later'],
		['has trouble', 500, '', 'Run the node again later'],
		['answers with nothing', 200, '', 'Check that this n8n can reach CleverTap’s host'],
		['stands behind a login page', 302, '', 'Check Region and Custom Host in the CleverTap credential'],
		['can’t be reached', 0, undefined, 'nothing answers there'],
	])(
		'say in their message what to do, and that a name can be typed, if CleverTap %s',
		async (_why, status, body, todo) => {
			const failed: unknown = await searchEvents.call(picker(status, body).context).catch((error: unknown) => error);
			expect(failed).toBeInstanceOf(Error);
			const { message } = failed as Error;
			expect(message).toContain(todo);
			expect(message).toMatch(/Until then, choose "By Name" and type the name\.$/);
			// The editor's list makes spaces of them.
			expect(message).not.toMatch(/[-–—]/);
		},
	);

	it('name a host that is none', async () => {
		const { context } = picker(200, schema, { region: 'custom', customHost: 'not a host' });
		await expect(searchEvents.call(context)).rejects.toThrow('choose a region, or give a host');
	});
});
