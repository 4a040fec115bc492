import { organizationPath } from '../../../../../nodes/Tally/resources/common/organization';
import { TallyItem } from '../../../../../nodes/Tally/resources/common/item';
import { RunClient } from '../../../../../nodes/Tally/transport/client';
import { nodeAsking, Refusal } from '../../../../support/tallyOperation';

/** An item in whose node this is typed, with a key whose owner is this. */
function itemWith(organizationId: string, account: unknown): TallyItem {
	const { context } = nodeAsking({ parameters: { organizationId } }, [account]);
	return new TallyItem(context, 0, new RunClient(context));
}

it.each<[string, string, Record<string, unknown>, string]>([
	['typed', ' atL65s ', {}, '/organizations/atL65s'],
	['of the key', '', { organizationId: 'atL65s' }, '/organizations/atL65s'],
])('the path of the organization %s', async (_whose, typed, account, path) => {
	expect(await organizationPath(itemWith(typed, account))).toBe(path);
});

it.each([{ id: 'u1' }, { organizationId: '..' }, { organizationId: 'a/../../users' }, { id: 'u1', organizationId: 7 }])(
	'none of an account like %j',
	async (account) => {
		await expect(organizationPath(itemWith('', account))).rejects.toThrow('does not say which organization');
	},
);

it('none where Tally does not know the key, which is said', async () => {
	await expect(organizationPath(itemWith('', new Refusal(401)))).rejects.toThrow('Tally does not accept the API key');
});
