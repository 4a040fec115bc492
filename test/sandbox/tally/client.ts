import type { LocalTally } from '../../../sandbox/tally/tally';

export interface Reply {
	status: number;
	type: string | null;
	text: string;
	/** The parsed body, undefined if it is not JSON. */
	json: unknown;
}

/** Calls the REST API of a local Tally with its key. */
export async function call(
	tally: LocalTally,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Reply> {
	const response = await fetch(tally.url + path, {
		method,
		headers: {
			Authorization: `Bearer ${tally.apiKey}`,
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...headers,
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const type = response.headers.get('content-type');
	const isJson = type?.includes('json') === true && text !== '';
	return { status: response.status, type, text, json: isJson ? JSON.parse(text) : undefined };
}

/** Registers a webhook for the sample form and returns its id. */
export async function addWebhook(tally: LocalTally, url: string, more: Record<string, unknown> = {}): Promise<string> {
	const { status, json } = await call(tally, 'POST', '/webhooks', {
		formId: tally.formId,
		url,
		eventTypes: ['FORM_RESPONSE'],
		...more,
	});
	expect(status).toBe(201);
	return (json as { id: string }).id;
}
