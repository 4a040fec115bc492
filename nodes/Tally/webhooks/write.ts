import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord, recordsIn } from '../narrowing';
import type { Input } from '../run/input';

/** The only kind of event there is (Tally docs, webhooks). */
export const SUBMISSIONS = ['FORM_RESPONSE'];

export const urlOption: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/submissions',
	description: 'The address to which Tally sends submissions',
};

export const headersOption: INodeProperties = {
	displayName: 'Headers',
	name: 'headers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add header',
	default: {},
	description: 'Headers that Tally adds to every delivery',
	options: [
		{
			displayName: 'Header',
			name: 'header',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Authorization',
					description: 'What the header is called; one without a name is left out',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'What the receiver finds in the header',
				},
			],
		},
	],
};

export const signingSecretOption: INodeProperties = {
	displayName: 'Signing Secret',
	name: 'signingSecret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The key with which Tally signs its deliveries; without one they are not signed',
};

export const secretsOption: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'What else the output holds',
	options: [
		{
			displayName: 'Include Secrets',
			name: 'includeSecrets',
			type: 'boolean',
			default: false,
			description: 'Whether to output signing secrets and the values of headers. They stay in n8n’s execution data.',
		},
	],
};

/** @throws NodeOperationError that names the field, if it is no address of the web */
export function readUrl(input: Input, value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)) return text;
	throw input.wrong('The value of "URL" is not an address', 'Use one such as https://example.com/.');
}

/** The headers of a collection, or `undefined` if it has none. */
export function readHeaders({ headers }: IDataObject): IDataObject[] | undefined {
	if (!isRecord(headers)) return undefined;
	return recordsIn(headers.header)
		.filter(({ name }) => typeof name === 'string' && name.trim() !== '')
		.map(({ name, value }) => ({
			name: String(name).trim(),
			value: typeof value === 'string' ? value : JSON.stringify(value ?? ''),
		}));
}
