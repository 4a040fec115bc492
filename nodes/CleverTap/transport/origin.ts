import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A host name or address, perhaps with a port, perhaps as an origin. */
const HOST = /^(?:https?:\/\/)?(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/i;

/**
 * The origin that the credential's region stands for, such as `https://in1.api.clevertap.com`.
 * Europe's host has no prefix (CleverTap, common API components, December 2025).
 *
 * @returns `undefined` if the custom host is empty or no host.
 */
export function apiOrigin({
	region,
	customHost,
}: ICredentialDataDecryptedObject): string | undefined {
	if (typeof region !== 'string' || region === 'eu1') return 'https://api.clevertap.com';
	if (region !== 'custom') return `https://${region}.api.clevertap.com`;
	const host = typeof customHost === 'string' ? customHost.trim().replace(/\/+$/, '') : '';
	if (!HOST.test(host)) return undefined;
	return host.includes('://') ? host : `https://${host}`;
}
