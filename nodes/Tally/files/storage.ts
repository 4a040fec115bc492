import { isPrivateAddress } from '../transport/addresses';

/**
 * Whether a link leads to where Tally keeps uploaded files (both places were seen in captured
 * deliveries, 2021 to 2026). A link to anywhere else may be forged, to make n8n fetch what
 * only n8n can reach, and is never followed.
 *
 * @param baseUrl the credential's; a Tally at a private address, for trying things out, keeps
 * its files itself
 */
export function isTallyStorage(link: string, baseUrl: string): boolean {
	if (!URL.canParse(link)) return false;
	const { protocol, host, origin, pathname } = new URL(link);
	if (isPrivateAddress(baseUrl) && origin === new URL(baseUrl).origin) {
		return pathname.startsWith('/private/');
	}
	if (protocol !== 'https:') return false;
	return (
		host === 'storage.tally.so' ||
		(host === 'storage.googleapis.com' && pathname.startsWith('/tally-response-assets/'))
	);
}
