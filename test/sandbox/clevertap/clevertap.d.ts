/** The part of CleverTap's own client that the tests use; it comes without types. */
declare module 'clevertap' {
	interface Client {
		/** Where it sends to; `https://<region>.api.clevertap.com/1` unless set. */
		api: { apiEndpoint: string };
		upload(records: object[], options?: { batchSize?: number }): Promise<unknown>;
		profile(options: { identity: string } | { email: string }): Promise<unknown>;
		realTimeCounts(query: object): Promise<unknown>;
	}
	const clevertap: {
		REGIONS: { INDIA: string };
		init(accountId: string, passcode: string, region: string): Client;
	};
	export default clevertap;
}
