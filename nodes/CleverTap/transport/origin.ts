import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * The origin that the credential's region stands for, such as `https://in1.api.clevertap.com`.
 * Europe's host has no prefix (CleverTap, common API components, December 2025).
 */
export function apiOrigin({ region, customHost }: ICredentialDataDecryptedObject): string {
	if (typeof region !== 'string' || region === 'eu1') return 'https://api.clevertap.com';
	if (region !== 'custom') return `https://${region}.api.clevertap.com`;
	const host = typeof customHost === 'string' ? customHost.trim().replace(/\/+$/, '') : '';
	return host.includes('://') ? host : `https://${host}`;
}
