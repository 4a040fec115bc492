/** The part of CleverTap's own client that is used here; it comes without types. */
interface Client {
	readonly api: { apiEndpoint: string };
	upload(records: readonly object[], options: { batchSize: number }): Promise<unknown>;
}
interface Library {
	init(accountId: string, passcode: string, region: string): Client;
	readonly REGIONS: { readonly EUROPE: string };
}

/** Uploads with CleverTap's own client for Node: 100 records a request, one request after the other. */
export async function sendWithClient(records: readonly object[], origin: string): Promise<void> {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- it is loaded where it is used: other cases do without it
	const library = require('clevertap') as Library;
	const client = library.init('BENCH', 'bench', library.REGIONS.EUROPE);
	client.api.apiEndpoint = `${origin}/1`;
	await client.upload(records, { batchSize: 1000 });
}
