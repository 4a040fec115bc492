import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { searchEvents, searchProfileProperties } from '../../../../nodes/CleverTap/listSearch/schemaNames';

/** What a picker sees of n8n: a credential, and a CleverTap that gives one answer. */
function picker(statusCode: number, body: unknown) {
	const urls: string[] = [];
	const context = {
		getCredentials: () => Promise.resolve({ region: 'eu1' }),
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

	it.each<[string, number, unknown]>([
		['refuses', 401, { status: 'fail', error: 'Invalid Credentials' }],
		['answers with nothing', 200, ''],
		['answers with something else', 200, { events: 'none' }],
		['can’t be reached', 0, undefined],
	])('are empty, so that a name can be typed, if CleverTap %s', async (_name, status, body) => {
		expect(await searchEvents.call(picker(status, body).context)).toEqual({ results: [] });
	});
});
