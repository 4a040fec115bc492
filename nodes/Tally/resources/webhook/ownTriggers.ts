/** Whether an address is that of a Tally Trigger of this n8n. */
export type IsOwn = (address: unknown) => boolean;

/**
 * `<webhook ID>/webhook` or `<webhook ID>/finished`, as the trigger's webhooks are called, below n8n's `webhook`. The
 * ID is a UUID; a node without one has its workflow's ID and its own name in that place.
 */
const TRIGGER = /^webhook\/(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[a-z\d]{16}\/[^/]+)\/(?:webhook|finished)$/i;

/**
 * Tells this n8n's Tally Triggers by their address: an operation can't ask n8n for it, but n8n's REST API has the same
 * base (`WEBHOOK_URL`). What is not certain is somebody else's: an n8n that does not know its public address, or one
 * whose webhooks are called otherwise (`N8N_ENDPOINT_WEBHOOK`).
 *
 *     'https://n8n.example.com/rest' → 'https://n8n.example.com/webhook/5f0c…/finished' is one,
 *     'https://other.example.com/webhook/5f0c…/finished' and 'https://n8n.example.com/webhook/orders' are not
 */
export function ownTriggers(restApiUrl: unknown): IsOwn {
	const base = addressIn(restApiUrl);
	if (base === undefined) return () => false;
	const folder = new URL('.', base).pathname;
	return (address) => {
		const url = addressIn(address);
		if (url === undefined || url.origin !== base.origin || url.search !== '' || url.hash !== '') return false;
		return url.pathname.startsWith(folder) && TRIGGER.test(url.pathname.slice(folder.length));
	};
}

function addressIn(value: unknown): URL | undefined {
	if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
	const url = new URL(value);
	return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}
