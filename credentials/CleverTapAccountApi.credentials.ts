import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/**
 * Where a CleverTap account lives and what opens it.
 *
 * The regions are those of https://developer.clevertap.com/docs/common-api-components; each value is
 * the first part of the dashboard's address.
 *
 * `authenticate` is a function because n8n would evaluate expressions anew for every request, in an
 * isolate that a workflow of plain paths does not need otherwise.
 */
export class CleverTapAccountApi implements ICredentialType {
	name = 'cleverTapAccountApi';

	displayName = 'CleverTap Account API';

	icon: Icon = {
		light: 'file:../nodes/CleverTap/clevertap.svg',
		dark: 'file:../nodes/CleverTap/clevertap.dark.svg',
	};

	documentationUrl = 'https://github.com/tally-clevertap/n8n-nodes-tally-clevertap/blob/main/README.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ABC-123-4D5Z',
			description: 'In the CleverTap dashboard: Settings, Project, where it is called Project ID',
		},
		{
			displayName: 'Passcode',
			name: 'passcode',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In the CleverTap dashboard: Settings, Passcodes. Make one for n8n alone, so that it can be withdrawn alone.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			default: 'eu1',
			description: 'The first part of your dashboard’s address, such as in1 in in1.dashboard.clevertap.com',
			options: [
				{
					name: 'Custom Host',
					value: 'custom',
					description: 'A host that you name below, such as a proxy or a region that is not in this list',
				},
				{
					name: 'Europe (eu1.dashboard.clevertap.com)',
					value: 'eu1',
					description: 'Requests from n8n go to api.clevertap.com',
				},
				{
					name: 'India (in1.dashboard.clevertap.com)',
					value: 'in1',
					description: 'Requests from n8n go to in1.api.clevertap.com',
				},
				{
					name: 'Indonesia (aps3.dashboard.clevertap.com)',
					value: 'aps3',
					description: 'Requests from n8n go to aps3.api.clevertap.com',
				},
				{
					name: 'Middle East (mec1.dashboard.clevertap.com)',
					value: 'mec1',
					description: 'Requests from n8n go to mec1.api.clevertap.com',
				},
				{
					name: 'Singapore (sg1.dashboard.clevertap.com)',
					value: 'sg1',
					description: 'Requests from n8n go to sg1.api.clevertap.com',
				},
				{
					name: 'United States (us1.dashboard.clevertap.com)',
					value: 'us1',
					description: 'Requests from n8n go to us1.api.clevertap.com',
				},
			],
		},
		{
			displayName: 'Custom Host',
			name: 'customHost',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. api.clevertap.com',
			description: 'Host of the CleverTap API, or its address with http:// or https://',
			displayOptions: { show: { region: ['custom'] } },
		},
	];

	/** Signs a request with both headers that CleverTap asks for. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		await Promise.resolve({
			...request,
			headers: {
				...request.headers,
				'X-CleverTap-Account-Id': textOf(credentials.accountId),
				'X-CleverTap-Passcode': textOf(credentials.passcode),
			},
		});

	// A read of a profile that nobody has: it needs both secrets and the right region, and stores nothing.
	test: ICredentialTestRequest = {
		request: {
			// The same rule as `apiOrigin` in nodes/CleverTap/transport; a test holds the two together.
			baseURL:
				'={{ $credentials.region === "custom" ? ($credentials.customHost.includes("://") ? "" : "https://") + $credentials.customHost.trim().replace(/(?<!\\/)\\/+$/, "") : $credentials.region === "eu1" ? "https://api.clevertap.com" : "https://" + $credentials.region + ".api.clevertap.com" }}',
			url: '/1/profile.json',
			qs: { identity: 'n8n-credential-test' },
			// n8n would take the passcode along to wherever a redirect leads.
			disableFollowRedirect: true,
		},
		// n8n checks rules of both kinds, though its type allows only one kind at a time.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'CleverTap refused the Account ID or the Passcode, or the account is in another region. Compare both with your dashboard’s settings, and the Region with the first part of the dashboard’s address.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'status',
					value: 'fail',
					message: 'CleverTap answered, but refused the request. Check Account ID, Passcode and Region.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'status',
					// CleverTap answers an unknown path with 200 and nothing in it.
					value: undefined,
					message:
						'This host answers, but not as CleverTap’s API does. Check Region and Custom Host: no path belongs there.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}

/** Pasted texts often come with a line break, which no header may hold. */
function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
