import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** n8n shows nothing but these codes. */
const CODES =
	'If the test shows only a code: ENOTFOUND means that no host has this name, ECONNREFUSED that nothing answers there, EPROTO that it answers without https (write http:// before it), ERR_INVALID_URL that it is not an address';

/** A secret, whatever n8n's lint makes of its name: that one can't change, since credentials that people have hold it. */
const passcode: INodeProperties = {
	displayName: 'Passcode',
	name: 'passcode',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	hint: 'In the CleverTap dashboard: Settings → Passcodes',
	description: 'Make one for n8n alone, so that it can be withdrawn alone; it is not the Account Token',
};

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

	displayName = 'CleverTap API';

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
			hint: 'In the CleverTap dashboard: Settings → Project, where it is called Project ID',
			description: 'Which of your CleverTap projects it is; each has an account of its own',
		},
		passcode,
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			default: '',
			required: true,
			hint: 'In your browser’s address bar while the dashboard is open: in1 of https://in1.dashboard.clevertap.com',
			description:
				'In which of CleverTap’s regions the account is. One that was made with version 1.0.0 and left at Europe shows none here, and stays in Europe.',
			// n8n asks for an option only where it knows when it is shown.
			displayOptions: {},
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
			hint: CODES,
			description: 'Host of the CleverTap API, or its address; https:// is added where it is missing',
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
				'={{ $credentials.region === "custom" ? ($credentials.customHost.includes("://") ? "" : "https://") + $credentials.customHost.trim().replace(/(?<!\\/)\\/+$/, "") : !$credentials.region || $credentials.region === "eu1" ? "https://api.clevertap.com" : "https://" + $credentials.region + ".api.clevertap.com" }}',
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
