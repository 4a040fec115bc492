import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, IWebhookFunctions } from 'n8n-workflow';

/** The contexts of n8n from which Tally can be asked. */
export type TallyCaller = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** The base URL of the credential, without a slash at its end. */
export async function baseUrlOf(caller: TallyCaller): Promise<string> {
	let baseUrl = (await fieldOf(caller, 'baseUrl')) || 'https://api.tally.so';
	while (baseUrl.endsWith('/')) baseUrl = baseUrl.slice(0, -1);
	return baseUrl;
}

/** The API key of the credential, without blanks at its ends. */
export async function apiKeyOf(caller: TallyCaller): Promise<string> {
	return await fieldOf(caller, 'apiKey');
}

/** Whether requests go through a gateway, which has a limit of its own. */
export async function isThroughGateway(caller: TallyCaller): Promise<boolean> {
	return (await fieldOf(caller, 'gatewayConnectionId')) !== '';
}

async function fieldOf(caller: TallyCaller, name: string): Promise<string> {
	const { [name]: value } = await caller.getCredentials('tallyAccountApi');
	return typeof value === 'string' ? value.trim() : '';
}
