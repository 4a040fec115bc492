/**
 * Whether an address can only be reached from the same machine or network: by name
 * (`localhost`, `n8n`, `*.local`), or by an IP address of a private or shared range (RFC 1918,
 * RFC 6598 and the like), also where IPv6 wraps one of IPv4.
 */
export function isPrivateAddress(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const host = new URL(address).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
	if (host.includes(':')) return isPrivateIpv6(host);
	if (!host.includes('.')) return true;
	return /\.(?:localhost|local|lan|internal|home\.arpa)$/i.test(host) || isPrivateIpv4(host);
}

/** Whether an address is this machine's own, by name or by number. */
export function isThisMachine(address: string): boolean {
	if (!URL.canParse(address)) return false;
	return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|\[::1\])$/i.test(new URL(address).hostname);
}

function isPrivateIpv4(host: string): boolean {
	return /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/.test(
		host,
	);
}

/** @param host as `URL` writes it: short, and what is mapped from IPv4 in hexadecimal */
function isPrivateIpv6(host: string): boolean {
	const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/i.exec(host) ?? [];
	if (high === undefined || low === undefined) return /^(?:::1?$|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/i.test(host);
	const bytes = [high, low].flatMap((part) => {
		const word = parseInt(part, 16);
		return [word >> 8, word & 255];
	});
	return isPrivateIpv4(bytes.join('.'));
}

/** Whether two addresses are the same one, written alike or not. */
export function isSameAddress(one: string, other: string): boolean {
	return canonical(one) === canonical(other);
}

function canonical(address: string): string {
	return URL.canParse(address) ? new URL(address).href : address;
}
