import type { IExecuteFunctions } from 'n8n-workflow';

import { organizationPath } from '../../../nodes/Tally/fields/organization';
import { Input } from '../../../nodes/Tally/run/input';
import type { Line } from '../../../nodes/Tally/transport/line';

/** An item in whose node this is typed, with a key whose owner is this. */
function inputWith(typed: string, account: Record<string, unknown> | undefined): Input {
	const context = { getNodeParameter: () => typed, getNode: () => ({ name: 'Tally' }) };
	const line = { account: () => Promise.resolve(account), call: () => Promise.resolve({}) };
	return new Input(context as unknown as IExecuteFunctions, 0, line as unknown as Line);
}

it.each<[string, string, Record<string, unknown>, string]>([
	['typed', ' atL65s ', {}, '/organizations/atL65s'],
	['of the key', '', { organizationId: 'atL65s' }, '/organizations/atL65s'],
])('the path of the organization %s', async (_whose, typed, account, path) => {
	expect(await organizationPath(inputWith(typed, account))).toBe(path);
});

it.each([undefined, {}, { organizationId: '..' }, { organizationId: 'a/../../users' }, { organizationId: 7 }])(
	'none of an account like %j',
	async (account) => {
		await expect(organizationPath(inputWith('', account))).rejects.toThrow('does not say which organization');
	},
);
