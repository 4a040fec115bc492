import type { LocalCleverTap } from '../../../sandbox/clevertap/clevertap';

export interface Reply {
	status: number;
	text: string;
	/** The parsed body, undefined if it is not JSON. */
	json: unknown;
}

/** Calls the REST API of a local CleverTap with its credentials. */
export async function call(
	clevertap: LocalCleverTap,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Reply> {
	const response = await fetch(clevertap.url + path, {
		method,
		headers: {
			'X-CleverTap-Account-Id': clevertap.accountId,
			'X-CleverTap-Passcode': clevertap.passcode,
			'Content-Type': 'application/json; charset=utf-8',
			...headers,
		},
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	const text = await response.text();
	return {
		status: response.status,
		text,
		json: text.startsWith('{') ? JSON.parse(text) : undefined,
	};
}

/** Uploads records. */
export async function upload(clevertap: LocalCleverTap, records: unknown[], query = ''): Promise<Reply> {
	return await call(clevertap, 'POST', `/1/upload${query}`, { d: records });
}
