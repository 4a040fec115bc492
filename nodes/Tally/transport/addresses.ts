/**
 * Whether an address can only be reached from the same machine or network: by name
 * (`localhost`, `n8n`, `*.local`), or by an IP address of a private range.
 */
export function isPrivateAddress(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
	if (host.includes(':')) return /^(?:::1?$|f[cd]|fe[89ab])/i.test(host);
	if (!host.includes('.')) return true;
	return (
		/\.(?:localhost|local|lan|internal|home\.arpa)$/i.test(host) ||
		/^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host)
	);
}

/** Whether two addresses are the same one, written alike or not. */
export function isSameAddress(one: string, other: string): boolean {
	return canonical(one) === canonical(other);
}

function canonical(address: string): string {
	return URL.canParse(address) ? new URL(address).href : address;
}
