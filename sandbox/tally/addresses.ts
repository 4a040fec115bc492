import { BlockList, isIP } from 'node:net';

const notPublic = new BlockList();
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
] as const) {
	notPublic.addSubnet(network, prefix, 'ipv4');
}
notPublic.addSubnet('::', 127, 'ipv6');
notPublic.addSubnet('fc00::', 7, 'ipv6');
notPublic.addSubnet('fe80::', 10, 'ipv6');

/** Whether a host on the internet could reach this address, judged by its name alone. */
export function isPublicAddress(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
	const family = isIP(host);
	if (family !== 0) return !notPublic.check(host, family === 6 ? 'ipv6' : 'ipv4');
	return host.includes('.') && !/\.(local|localhost|internal|lan|home\.arpa)$/.test(host);
}
