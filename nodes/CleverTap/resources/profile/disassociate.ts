import type { Operation } from '../../../shared/operation';
import { phoneNumber } from '../../parameters/contact';
import { rulesOf } from '../../parameters/rules';
import { readText } from '../../parameters/text';
import { ACCEPTED } from '../../result/verdict';
import { bulkItems } from '../../upload/bulkItems';

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

	async execute(context) {
		const rules = rulesOf(context);
		return await bulkItems<Phone>(context, {
			size: 1000,
			parallel: 3,
			accepted: ACCEPTED,
			mergesRepeats: true,
			prepare: (item) => {
				const typed = readText(context, 'phone', 'Phone Number', 'a phone number', item);
				const { value, adjusted } = phoneNumber(typed, 'Phone Number', rules);
				return { record: { type: 'phone', value }, target: value, group: 'd', sent: { phone: value }, adjusted };
			},
			toRequest: (d: readonly Phone[]) => ({ method: 'POST', path: '/1/disassociate', body: { d } }),
		});
	},
};
