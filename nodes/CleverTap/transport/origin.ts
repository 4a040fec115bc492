import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A host name or address, perhaps with a port, perhaps as an origin; slashes behind it mean nothing. */
const HOST = /^((?:https?:\/\/)?(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?)\/*$/i;

/** The first part of a host name. */
const REGION = /^[a-z\d-]+$/i;

/**
 * The origin that the credential's region stands for, such as `https://in1.api.clevertap.com`.
 * Europe's host has no prefix.
 *
 * @see https://developer.clevertap.com/docs/common-api-components
 * @returns `undefined` if the region is no part of a host name, or the custom host is no host.
 */
export function apiOrigin({ region, customHost }: ICredentialDataDecryptedObject): string | undefined {
	// One that was never chosen is Europe's: 1.0.0 stored no other meaning of it.
	if (typeof region !== 'string' || region === '' || region === 'eu1') return 'https://api.clevertap.com';
	if (region !== 'custom') return REGION.test(region) ? `https://${region}.api.clevertap.com` : undefined;
	const host = typeof customHost === 'string' ? HOST.exec(customHost.trim())?.[1] : undefined;
	if (host === undefined) return undefined;
	const origin = host.includes('://') ? host : `https://${host}`;
	return URL.canParse(origin) && /[^.]/.test(new URL(origin).hostname) ? origin : undefined;
}
