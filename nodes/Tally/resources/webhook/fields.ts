import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import { choiceParameter } from '../common/choice';

export const webhookParameter: INodeProperties = choiceParameter({
	displayName: 'Webhook',
	name: 'webhookId',
	searchListMethod: 'searchWebhooks',
	what: 'a webhook',
	example: 'wQ1k7w',
	description: 'Choose it by its form and address from the list, or give its ID',
});

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

/** @throws ItemError that names the field, if it is not an address of the web */
export function readUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^https?:\/\/\S+$/i.test(text) && URL.canParse(text)) return text;
	throw new ItemError('The value of "URL" is not an address', 'Use one such as https://example.com/.');
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

/** A webhook whose signing secret and header values are left out; that there are some is said. */
export function withoutSigningSecret(webhook: Record<string, unknown>): IDataObject {
	const { signingSecret, httpHeaders, ...rest } = webhook;
	return {
		...rest,
		...(signingSecret === undefined ? {} : { isSigned: signingSecret !== null && signingSecret !== '' }),
		...(httpHeaders === undefined ? {} : { httpHeaders: recordsIn(httpHeaders).map(({ name }) => ({ name })) }),
	};
}
