import { alsoUpdateReader } from '../../../../../nodes/CleverTap/resources/event/alsoUpdate';
import { fakeNode } from '../../../../support/fakeNode';
import { resultOf } from '../../../../support/itemFailure';

describe('Also Update Profile', () => {
	const fields = {
		profileProperties: { assignments: [{}] },
		'profileProperties.assignments[0].name': 'Name',
		'profileProperties.assignments[0].value': (item: number) => `user ${item}`,
	};

	it('reads the profile’s properties of each item that wants it', () => {
		const parameters = { ...fields, updateProfile: (item: number) => item === 1 };
		const read = alsoUpdateReader(fakeNode({ parameters }), { rules: 1 });
		expect([read(0), read(1)?.entries]).toEqual([undefined, [['Name', 'user 1']]]);
	});

	it.each<[unknown, boolean]>([
		[undefined, false],
		['', false],
		['false', false],
		['no', false],
		[0, false],
		['true', true],
		[' YES ', true],
		[1, true],
	])('%j is %j', (updateProfile, isOn) => {
		const parameters = updateProfile === undefined ? fields : { ...fields, updateProfile };
		expect(alsoUpdateReader(fakeNode({ parameters }), { rules: 1 })(0) !== undefined).toBe(isOn);
	});

	it('is refused where it is neither yes nor no', () => {
		const read = alsoUpdateReader(fakeNode({ parameters: { ...fields, updateProfile: 'perhaps' } }), { rules: 1 });
		expect(resultOf(() => read(0))).toMatchObject({
			status: 'refused',
			reason: 'The value of "Also Update Profile" is neither yes nor no',
		});
	});
});
