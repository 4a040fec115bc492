import { readText } from '../../fields/text';
import type { Operation } from '../../operation';
import { ACCEPTED } from '../../upload/verdict';

interface Phone {
	readonly type: 'phone';
	readonly value: string;
}

export const disassociate: Operation = {
	value: 'disassociate',
	name: 'Disassociate',
	action: 'Disassociate phone number',
	description: 'Detach a phone number from the profile whose Identity it is, such as when its owner changes',
	fields: [
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +14155551234',
			description:
				'With a plus sign and the country code. It works only in projects in which the phone number is an Identity.',
		},
	],

	async execute({ bulkItems }) {
		return await bulkItems.call(this, {
			size: 1000,
			parallel: 3,
			accepted: ACCEPTED,
			mergesRepeats: true,
			prepare: (item) => {
				const phone = readText.call(this, 'phone', 'Phone Number', item);
				if (typeof phone !== 'string') return phone;
				const record = { type: 'phone' as const, value: phone };
				return { record, target: phone, group: 'd', sent: { phone } };
			},
			toRequest: (d: readonly Phone[]) => ({ method: 'POST', path: '/1/disassociate', body: { d } }),
		});
	},
};
