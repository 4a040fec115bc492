import { isThisMachine } from '../transport/addresses';

/**
 * Whether a link leads to where Tally keeps uploaded files (both places were seen in captured
 * deliveries, 2021 to 2026). A link to anywhere else may be forged, to make n8n fetch what
 * only n8n can reach, and is never followed.
 *
 * @param baseUrl the credential's; a Tally on this very machine, for trying things out, keeps its
 * files itself
 */
export function isTallyStorage(link: string, baseUrl: string): boolean {
	if (!URL.canParse(link)) return false;
	const { protocol, host, origin, pathname, username, password } = new URL(link);
	if (username !== '' || password !== '') return false;
	if (isThisMachine(baseUrl) && origin === new URL(baseUrl).origin) {
		// Some servers read an encoded slash as one, and a way up behind it.
		return pathname.startsWith('/private/') && !/%2f|%5c/i.test(pathname);
	}
	if (protocol !== 'https:') return false;
	return (
		host === 'storage.tally.so' || (host === 'storage.googleapis.com' && pathname.startsWith('/tally-response-assets/'))
	);
}
