import type { IDataObject } from 'n8n-workflow';

import { outcomeOf, refusal, type Given } from '../../../support/cleverTapOperation';

const row = (name: string, value: unknown) => ({
	name,
	value,
	type: Array.isArray(value) ? 'array' : typeof value,
});
const fields = (...assignments: object[]) => ({ assignments });
/** What the operation does by the rules of each version. */
const inBoth = async (operation: [string, string], given: Given) => ({
	before: await outcomeOf(operation, [given], [], 1),
	now: await outcomeOf(operation, [given], [], 2),
});
/** What the item says of itself, beside its fields. */
const outcomeIn = ({ items }: { items: IDataObject[] }) => items[0]?.cleverTap as IDataObject;
const bodyOf = ({ sent }: { sent: unknown[][] }) => (sent[0]?.[1] as { d?: IDataObject[] } | undefined)?.d?.[0];

describe('phone numbers of upkeep', () => {
	it.each([
		['phone', '+1 (415) 555-0123', '+14155550123'],
		['whatsapp', '\u202a+44 (0)20 7946 0958\u202c', '+442079460958'],
		['whatsapp', '0049 89 1234567', '+49891234567'],
	])('Subscribe (%s) %s is %s, as the profile has it, from version 2 on', async (channel, value, number) => {
		const { before, now } = await inBoth(['profile', 'subscribe'], { channel, value });
		expect(bodyOf(now)).toEqual({ type: channel, value: number, status: 'Unsubscribe' });
		expect(now.items).toEqual([
			{
				status: 'accepted',
				change: 'Unsubscribe',
				channel,
				value: number,
				adjusted: ['"Address or Number" was written the way CleverTap takes it'],
			},
		]);
		expect(bodyOf(before)?.value).not.toBe(number);
		expect(before.items[0]).not.toHaveProperty('adjusted');
	});

	it('an address stays as it is', async () => {
		const { now } = await inBoth(['profile', 'subscribe'], { value: '+1 415@a.example' });
		expect(now.items).toEqual([
			{ status: 'accepted', change: 'Unsubscribe', channel: 'email', value: '+1 415@a.example' },
		]);
	});

	it('Disassociate does the same, once for two spellings of one number', async () => {
		const { sent, items } = await outcomeOf(
			['profile', 'disassociate'],
			[{ phone: '+1 (415) 555-0123' }, { phone: '+14155550123' }],
			[],
			2,
		);
		expect(sent).toEqual([['POST /1/disassociate', { d: [{ type: 'phone', value: '+14155550123' }] }]]);
		expect(items).toEqual([
			{
				status: 'accepted',
				phone: '+14155550123',
				adjusted: ['"Phone Number" was written the way CleverTap takes it'],
			},
			{ status: 'accepted', phone: '+14155550123' },
		]);
	});
});

describe('two rows of one name', () => {
	const twin = (label: string, name: string) =>
		refusal(`"${label}" has two rows for "${name}"`, 'Remove one of them, or give it another name.');

	it.each([
		[row('Plan', 'a'), row('Plan', 'b'), 'Plan'],
		[row('Plan', 'a'), row(' Plan\u200b', ''), 'Plan'],
		[row('email', 'a@a.example'), row('Email', 'b@b.example'), 'Email'],
	])('are a mistake to tell: %j, %j', async (one, other, name) => {
		const given = { identifier: 'ada', properties: fields(one, other) };
		const { before, now } = await inBoth(['profile', 'upsert'], given);
		expect(now).toEqual({ sent: [], items: [twin('Properties', name)] });
		expect(before.items).toMatchObject([{ status: 'accepted' }]);
	});

	it('also of the profile’s in an event', async () => {
		const given = {
			identifier: 'ada',
			eventName: 'Rated',
			updateProfile: true,
			profileProperties: fields(row('Plan', 'a'), row('Plan', 'b')),
		};
		const { now } = await inBoth(['event', 'upload'], given);
		expect(now.items).toEqual([twin('Profile Properties', 'Plan')]);
	});

	it('and a change of what is set under another spelling', async () => {
		const given = {
			identifier: 'ada',
			properties: fields(row('Tags ', 'a'), row('Plan', 'b')),
			changes: { change: [{ property: 'Tags', value: 'vip' }] },
		};
		const { now } = await inBoth(['profile', 'upsert'], given);
		expect(bodyOf(now)?.profileData).toEqual({ Plan: 'b', Tags: { $add: ['vip'] } });
		const twice = { property: ' Tags', value: 'b' };
		const changes = { change: [{ property: 'Tags', value: 'a' }, twice] };
		const both = await inBoth(['profile', 'upsert'], { identifier: 'ada', changes });
		expect(bodyOf(both.now)?.profileData).toEqual({ Tags: { $add: ['a', 'b'] } });
		expect(both.before.items).toMatchObject([{ status: 'accepted' }]);
	});
});

describe('an event', () => {
	it('has names that depend on their texts alone', async () => {
		const given = {
			identifier: 'ada',
			eventName: "What's paid: $",
			propertiesMode: 'json',
			propertiesJson: { 'Budget (%)': 20 },
		};
		const { before, now } = await inBoth(['event', 'upload'], given);
		expect(bodyOf(now)).toMatchObject({ evtName: 'What’s paid꞉ ﹩', evtData: { 'Budget (﹪)': 20 } });
		expect(bodyOf(before)).toMatchObject({ evtName: 'Whats paid', evtData: { 'Budget ()': 20 } });
	});

	it('Charged is known whatever its case, with its items and an amount that is a number', async () => {
		const given = {
			identifier: 'ada',
			eventName: 'charged',
			propertiesMode: 'json',
			propertiesJson: { Amount: '12.50', Items: '[{"SKU":"a"}]' },
		};
		const { before, now } = await inBoth(['event', 'upload'], given);
		expect(bodyOf(now)).toMatchObject({ evtName: 'Charged', evtData: { Amount: 12.5, Items: [{ SKU: 'a' }] } });
		expect(outcomeIn(now).adjusted).toEqual([
			'The event was sent as "Charged"',
			'"Amount" was sent as a number',
			'"Items" was sent as the list that its text is',
		]);
		expect(bodyOf(before)).toMatchObject({
			evtName: 'charged',
			evtData: { Amount: '12.50', Items: '[{"SKU":"a"}]' },
		});
	});

	it('called by a number has a name, in either version', async () => {
		const { before, now } = await inBoth(['event', 'upload'], { identifier: 'ada', eventName: 404 });
		expect([bodyOf(before)?.evtName, bodyOf(now)?.evtName]).toEqual(['404', '404']);
	});
});

describe('a profile', () => {
	const given = {
		identifier: 'ada',
		properties: fields(row('Gender', 'Female'), row('Employed', 'Yes'), row('Phone', 'call me'), row('DOB', 'soon')),
	};

	it('has CleverTap’s own values, and no birthday that is none', async () => {
		const { before, now } = await inBoth(['profile', 'upsert'], given);
		expect(bodyOf(now)?.profileData).toEqual({ Gender: 'F', Employed: 'Y', Phone: 'call me' });
		expect(bodyOf(before)?.profileData).toEqual({ Gender: 'Female', Employed: 'Yes', Phone: 'call me', DOB: 'soon' });
	});

	it('need not be lost for one value', async () => {
		const options = { onBadStandardProperty: 'leaveOut' };
		const { before, now } = await inBoth(['profile', 'upsert'], { ...given, options });
		expect(bodyOf(now)?.profileData).toEqual({ Gender: 'F', Employed: 'Y' });
		expect(outcomeIn(now).adjusted).toContain(
			'"Phone" was left out: it is not valid. Phone needs a plus sign, the country code and the number, such as +14155551234.',
		);
		expect(bodyOf(before)?.profileData).toMatchObject({ Phone: 'call me' });
	});
});

it.each([1, 2])('an option that is neither yes nor no sends nothing (version %i)', async (version) => {
	const given = { identifier: 'ada', options: { dryRun: 'perhaps' } };
	await expect(outcomeOf(['profile', 'upsert'], [given], [], version)).rejects.toThrow(
		'The value of "Dry Run" is neither yes nor no',
	);
});
