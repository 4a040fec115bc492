import type { INodeProperties } from 'n8n-workflow';

import { ItemError } from '../../shared/itemError';
import { FORM_ADDRESS, formIdFrom } from './address';

/**
 * The parameter with which a form is chosen: from the list, by address or by ID. What was typed is checked by
 * `formIn` alone. Rules in `validation` n8n 2.41 would try before each run again, in a sandbox of their own;
 * where a busy machine takes more than 250 ms for that, the run fails and Tally gets a 500.
 */
export const formParameter: INodeProperties = {
	displayName: 'Form',
	name: 'formId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'Choose it from the list, or give its address or ID',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a form…',
			typeOptions: { searchListMethod: 'searchForms', searchable: true },
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://tally.so/forms/GxdRaQ/edit',
			hint: 'The address of the form in the editor, or the link that you share',
			extractValue: { type: 'regex', regex: FORM_ADDRESS },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. GxdRaQ',
			hint: 'The part after /forms/ or /r/ in the address of the form',
			url: '=https://tally.so/forms/{{$value}}/edit',
		},
	],
};

/** The same as one of several options: named `form`, and not required. */
export function formOption(description: string): INodeProperties {
	return { ...formParameter, name: 'form', required: false, description };
}

/**
 * The ID in the value of a form parameter: what was chosen, an address, or an ID.
 *
 *     'https://tally.so/forms/GxdRaQ/edit' → 'GxdRaQ'
 *
 * @throws ItemError if it is empty, or not a form
 */
export function formIn(value: unknown): string {
	const typed = typeof value === 'string' ? value : '';
	const formId = formIdFrom(typed);
	if (formId !== undefined) return formId;
	throw new ItemError(
		typed.trim() === '' ? 'No form is chosen' : 'The value of "Form" is not a Tally form',
		'Choose a form under "Form": from the list, by the address of the form in the Tally editor, or by its ID.',
	);
}
