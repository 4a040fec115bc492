import { alsoUpdateReader } from '../../../../../nodes/CleverTap/resources/event/alsoUpdate';
import { fakeNode } from '../../../../support/fakeNode';

describe('Also Update Profile', () => {
	const fields = {
		profileProperties: { assignments: [{}] },
		'profileProperties.assignments[0].name': 'Name',
		'profileProperties.assignments[0].value': (item: number) => `user ${item}`,
	};

	it('reads the profile’s properties of each item that wants it', () => {
		const parameters = { ...fields, updateProfile: (item: number) => item === 1 };
		const read = alsoUpdateReader(fakeNode({ parameters }));
		expect([read(0), read(1)]).toEqual([undefined, [['Name', 'user 1']]]);
	});

	it('is off unless it is on', () => {
		expect(alsoUpdateReader(fakeNode({ parameters: fields }))(0)).toBeUndefined();
		expect(alsoUpdateReader(fakeNode({ parameters: { ...fields, updateProfile: 'true' } }))(0)).toBeUndefined();
	});
});
