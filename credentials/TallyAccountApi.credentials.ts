import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/**
 * A Tally account, reached directly or through a gateway that forwards to Tally.
 *
 * `authenticate` is a function because a header with an empty value would be sent as such:
 * the gateway's header must be absent where no gateway is used.
 */
export class TallyAccountApi implements ICredentialType {
	name = 'tallyAccountApi';

	displayName = 'Tally Account API';

	icon: Icon = {
		light: 'file:../nodes/Tally/tally.svg',
		dark: 'file:../nodes/Tally/tally.dark.svg',
	};

	documentationUrl = 'https://github.com/tally-clevertap/n8n-nodes-tally-clevertap/blob/main/README.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. tly-…',
			description: 'Create one in Tally under Settings → API keys. It can do what the person who created it can do',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.tally.so',
			placeholder: 'e.g. https://api.tally.so',
			description: 'Change it only if requests go to Tally through a gateway',
		},
		{
			displayName: 'Gateway Connection ID',
			name: 'gatewayConnectionId',
			type: 'string',
			default: '',
			placeholder: 'Empty, unless your gateway asks for it',
			description:
				'Only for gateways that hold several Tally connections: which one to use. Leave empty for Tally itself',
		},
	];

	/** Signs a request: the key as bearer, and the gateway's connection where one is named. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const connection = textOf(credentials.gatewayConnectionId);
		return await Promise.resolve({
			...request,
			headers: {
				...request.headers,
				Authorization: `Bearer ${textOf(credentials.apiKey)}`,
				...(connection === '' ? {} : { 'Maton-Connection': connection }),
			},
		});
	};

	/** `GET /users/me` answers every valid key, whatever its owner's plan and permissions. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ ($credentials.baseUrl || "https://api.tally.so").trim().replace(/(?<!\\/)\\/+$/, "") }}',
			url: '/users/me',
			headers: { 'tally-version': '2025-02-01' },
			timeout: 20_000,
			// n8n would take the API key along to wherever a redirect leads.
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Tally does not know this API key. Copy it again, or create a new one in Tally under Settings → API keys; a key stops working when the person who created it leaves the organization.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Tally (or the gateway in front of it) refuses this API key. Create a new one in Tally under Settings → API keys.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'The API of Tally was not found at this base URL. Tally itself is at https://api.tally.so.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message: 'Tally allows 100 requests a minute and has had more. Try again in a minute.',
				},
			},
		],
	};
}

/** Pasted keys often come with a line break, which no header may hold. */
function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
