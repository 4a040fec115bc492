import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** Tally's own address, which credentials made with 1.0.0 may have stored. */
const TALLY = 'https://api.tally.so';

/** n8n shows nothing but these codes. */
const CODES =
	'If the test shows only a code: ENOTFOUND means that no host has this name, ECONNREFUSED that nothing answers there, EPROTO that it answers without https (write http:// before it), ERR_INVALID_URL that it is not an address';

const baseUrl: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://api.maton.ai/tally',
	description: 'Where the gateway takes Tally’s paths; https:// is added where it is missing',
};

const gatewayConnectionId: INodeProperties = {
	displayName: 'Gateway Connection ID',
	name: 'gatewayConnectionId',
	type: 'string',
	default: '',
	placeholder: 'Empty, unless your gateway asks for it',
	description: 'Only for gateways that hold several Tally connections: which one to use',
};

/**
 * A gateway's field. n8n neither stores nor hands out what the switch hides, and credentials made with 1.0.0 have no
 * switch: what they hold stays in sight, and counts, until it is emptied.
 */
function ofGateway(field: INodeProperties, rest: Partial<INodeProperties>): INodeProperties[] {
	return [
		{ ...field, ...rest, displayOptions: { show: { useGateway: [true] } } },
		{
			...field,
			hint: `Still in use, though "Use a Gateway" is off: empty it to ask Tally itself`,
			displayOptions: { hide: { useGateway: [true], [field.name]: ['', TALLY] } },
		},
	];
}

/**
 * A Tally account, reached directly or through a gateway that forwards to Tally.
 *
 * `authenticate` is a function because a header with an empty value would be sent as such:
 * the gateway's header must be absent where no gateway is used.
 */
export class TallyAccountApi implements ICredentialType {
	name = 'tallyAccountApi';

	displayName = 'Tally API';

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
			hint: 'In Tally: Settings → API keys. Tally shows a key only once.',
			description: 'It can do what the person who created it can do, and ends when that person leaves the organization',
		},
		{
			displayName: 'Use a Gateway',
			name: 'useGateway',
			type: 'boolean',
			default: false,
			hint: 'Only for those whose requests reach Tally through a gateway, such as one of their company. Off: straight to api.tally.so.',
			description:
				'Whether requests go to a gateway that passes them on to Tally, such as one of your company that keeps the API key, instead of straight to api.tally.so',
		},
		...ofGateway(baseUrl, { required: true, hint: CODES }),
		...ofGateway(gatewayConnectionId, {}),
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
			// The same rule as `accessOf` in nodes/Tally/transport; a test holds the two together.
			baseURL:
				'={{ ($credentials.baseUrl || "https://api.tally.so").trim().replace(/(?<!\\/)\\/+$/, "").replace(/^(?=[\\w-]+(?:(?:\\.[\\w-]+)+(?::\\d+)?|:\\d+)(?:\\/|$))/, "https://") }}',
			url: '/users/me',
			headers: { 'tally-version': '2025-02-01' },
			timeout: 20_000,
			// n8n would take the API key along to wherever a redirect leads.
			disableFollowRedirect: true,
		},
		// n8n checks rules of both kinds, though its type allows only one kind at a time.
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'id',
					// Proxies, login pages and other servers answer 200, too.
					value: undefined,
					message:
						'This address answers, but not as Tally’s API does. Check the Base URL, and whether a proxy or a login page stands before it.',
				},
			},
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
		] as ICredentialTestRequest['rules'],
	};
}

/** Pasted keys often come with a line break, which no header may hold. */
function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
