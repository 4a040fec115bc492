import type { INodeProperties } from 'n8n-workflow';

import type { Target } from '../properties/names';

/** The three ways to say which properties go out. */
export function propertiesFields(target: Target): INodeProperties[] {
	return [
		{
			displayName: 'Properties From',
			name: 'propertiesMode',
			type: 'options',
			default: 'fields',
			description: `Where the properties of the ${target === 'profile' ? 'user' : 'event'} come from`,
			options: [
				{
					name: 'Every Field of the Input Item',
					value: 'input',
					description: 'All fields of the item; of a Tally submission its answers, hidden and calculated fields',
				},
				{
					name: 'Fields Below',
					value: 'fields',
					description: 'Choose them one by one; drag them in from the input',
				},
				{
					name: 'JSON',
					value: 'json',
					description: 'One JSON object, for those who write CleverTap’s own format',
				},
			],
		},
		{
			displayName: 'Properties',
			name: 'properties',
			type: 'assignmentCollection',
			default: {},
			description:
				target === 'profile'
					? 'CleverTap knows Name, Email, Phone, Gender, DOB, Age, Employed, Married, Education, Photo and Customer Type; every other name becomes a property of your own. A field that you drag in is called after its question until you write another name over it.'
					: 'What is known of the event, such as the answers of a form. A field that you drag in is called after its question until you write another name over it.',
			displayOptions: { show: { propertiesMode: ['fields'] } },
		},
		{
			displayName: 'Properties (JSON)',
			name: 'propertiesJson',
			type: 'json',
			default: '{}',
			description:
				target === 'profile'
					? 'An object of names and values; CleverTap’s operators such as {"Tags": {"$add": ["vip"]}} work here'
					: 'An object of names and values; the event Charged may hold "Items", a list of objects',
			displayOptions: { show: { propertiesMode: ['json'] } },
		},
	];
}
