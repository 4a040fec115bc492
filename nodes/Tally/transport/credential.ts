import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** The contexts of n8n from which Tally can be asked. */
export type TallyCaller =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | ITriggerFunctions | IWebhookFunctions;

/** What sending a request needs of the credential. */
export interface Access {
	/** Without a slash at its end. */
	readonly baseUrl: string;
	/** What must not be shown of it. */
	readonly secrets: readonly string[];
}

/** Where the scheme is missing of an address that begins with a host's name, or with a host and its port. */
const NO_SCHEME = /^(?=[\w-]+(?:(?:\.[\w-]+)+(?::\d+)?|:\d+)(?:\/|$))/;

export async function accessOf(caller: TallyCaller): Promise<Access> {
	const { baseUrl, apiKey, gatewayConnectionId } = await caller.getCredentials('tallyAccountApi');
	const address = (textOf(baseUrl) || 'https://api.tally.so').replace(NO_SCHEME, 'https://');
	let end = address.length;
	while (address.charAt(end - 1) === '/') end--;
	return { baseUrl: address.slice(0, end), secrets: [textOf(apiKey), textOf(gatewayConnectionId)] };
}

/** The base URL of the credential, without a slash at its end. */
export async function baseUrlOf(caller: TallyCaller): Promise<string> {
	return (await accessOf(caller)).baseUrl;
}

/** The API key of the credential, without blanks at its ends. */
export async function apiKeyOf(caller: TallyCaller): Promise<string> {
	return textOf((await caller.getCredentials('tallyAccountApi')).apiKey);
}

/** Whether requests go through a gateway, which has a limit of its own. */
export async function isThroughGateway(caller: TallyCaller): Promise<boolean> {
	return textOf((await caller.getCredentials('tallyAccountApi')).gatewayConnectionId) !== '';
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
