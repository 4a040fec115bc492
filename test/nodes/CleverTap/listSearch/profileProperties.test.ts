import { validateFieldType, type ILoadOptionsFunctions } from 'n8n-workflow';

import { getProfileProperties } from '../../../../nodes/CleverTap/listSearch/profileProperties';
import { STANDARD_PROPERTIES } from '../../../../nodes/CleverTap/properties/names';

/** What the editor gets where CleverTap answers so; an error where there is no credential, or no answer. */
async function fieldsWhere(answer: { statusCode: number; body: unknown } | Error) {
	const context = {
		getNode: () => ({ name: 'CleverTap' }),
		getCredentials: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ region: 'in1' })),
		helpers: { httpRequestWithAuthentication: () => Promise.resolve({ headers: {}, ...(answer as object) }) },
	};
	return (await getProfileProperties.call(context as unknown as ILoadOptionsFunctions)).fields;
}

const account = (...names: string[]) =>
	fieldsWhere({ statusCode: 200, body: { userProperties: names.map((name) => ({ name })) } });

it('CleverTap’s standard properties come first, then those of the account by name', async () => {
	const ids = (await account('Plan', 'Budget (﹩)', 'Company')).map(({ id }) => id);
	expect(ids).toEqual([...STANDARD_PROPERTIES, 'Budget (﹩)', 'Company', 'Plan']);
});

it.each<[string, Parameters<typeof fieldsWhere>[0]]>([
	['there is no credential', new Error('no credential')],
	['CleverTap refuses it', { statusCode: 401, body: { status: 'fail', error: 'Invalid Credentials' } }],
	['CleverTap answers with nothing', { statusCode: 200, body: '' }],
	['CleverTap answers with something else', { statusCode: 200, body: { userProperties: 'none' } }],
])('where %s, the standard properties are there', async (_name, answer) => {
	expect((await fieldsWhere(answer)).map(({ id }) => id)).toEqual([...STANDARD_PROPERTIES]);
});

it('a property is offered once: one that is sent as CleverTap’s own is that one', async () => {
	const ids = (await account('email', 'Email', 'Plan', 'Plan', '={{ 1 }}')).map(({ id }) => id);
	expect(ids.slice(STANDARD_PROPERTIES.length)).toEqual(['Plan']);
});

it('Name, Email and Phone wait for an answer from the start, and what the account has; the rest can be added', async () => {
	const shown = (await account('Plan')).filter(({ removed }) => removed === false);
	expect(shown.map(({ id }) => id)).toEqual(['Name', 'Email', 'Phone', 'Plan']);
});

it('an account with very many properties does not lay them all out', async () => {
	const names = Array.from({ length: 31 }, (_, index) => `Property ${index}`);
	expect((await account(...names)).filter(({ removed }) => removed === false)).toHaveLength(3);
	expect((await account(...names.slice(1))).filter(({ removed }) => removed === false)).toHaveLength(33);
});

it('nothing is set before somebody sets it: a switch would be off from the start', async () => {
	for (const { type, defaultValue } of await account('Plan')) {
		expect(type).not.toBe('boolean');
		expect(defaultValue).toBeUndefined();
	}
});

it('signs that CleverTap forbids are shown as they were typed', async () => {
	const fields = await account('Budget (﹩)');
	expect(fields.at(-1)).toMatchObject({ id: 'Budget (﹩)', displayName: 'Budget ($)' });
	// Nothing that the editor could take for markup: whoever may fill in a form can name a property.
	expect((await account('˂img src=x˃')).at(-1)).toMatchObject({ id: '˂img src=x˃', displayName: 'img src=x' });
});

it('what there is to choose is what CleverTap takes', async () => {
	for (const { id, type, options } of await account()) {
		if (type !== 'options') continue;
		for (const { value } of options ?? []) {
			expect(validateFieldType(id, value, 'options', { valueOptions: options ?? [] })).toMatchObject({ valid: true });
		}
	}
	const choices = Object.fromEntries(
		(await account()).map(({ id, options }) => [id, options?.map(({ value }) => value)]),
	);
	expect(choices).toMatchObject({
		Gender: ['F', 'M'],
		Married: ['N', 'Y'],
		Education: ['College', 'Graduate', 'School'],
		'MSG-email': [false, true],
	});
});
