/** How one request to CleverTap ended. */
export type Reply =
	/** An answer, whatever its status; `body` is parsed JSON, or the text where it is none. */
	| {
			readonly kind: 'reply';
			readonly status: number;
			readonly body: unknown;
			/** What `Retry-After` asks for. */
			readonly retryAfterMs?: number;
	  }
	/** The request certainly never left; `isFinal` where trying again changes nothing. */
	| ({ readonly kind: 'unsent'; readonly code: string; readonly isFinal: boolean } & Silence)
	/** Time-out, reset and the like: it may have arrived. */
	| ({ readonly kind: 'broken'; readonly code: string } & Silence);

interface Silence {
	readonly status?: undefined;
	readonly body?: undefined;
	readonly retryAfterMs?: undefined;
}
