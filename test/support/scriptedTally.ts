import nock from 'nock';

export interface ScriptedWebhook {
	id: string;
	formId: string;
	url: string;
	signingSecret: string | null;
	httpHeaders: Array<{ name: string; value: string }> | null;
	eventTypes: string[];
	isEnabled: boolean;
}

/** What is to happen to one request instead of Tally's ordinary answer. */
export interface Incident {
	/** For example `POST /webhooks` or `DELETE /webhooks/`: how method and path begin. */
	at: string;
	/** Only this very path, not what begins so. */
	isExact?: boolean;
	/** Answered instead of the ordinary; left out for a broken connection. */
	status?: number;
	body?: nock.Body;
	/** Tally does what it was asked for, only the answer is lost or wrong. */
	isDoneAnyway?: boolean;
	/** How many requests it hits; default 1. */
	times?: number;
}

export const TALLY = 'https://api.tally.so';

/**
 * A Tally that keeps webhooks, behind nock: the API as documented, and whatever incidents a
 * story tells. Its lists are short so that a story needs few webhooks for several pages.
 */
export class ScriptedTally {
	readonly webhooks: ScriptedWebhook[] = [];

	/** Method and path of every request, in order. */
	readonly requests: string[] = [];

	private readonly queries = new Map<string, URLSearchParams>();

	/** Headers of the last request. */
	headers: Record<string, string | string[]> = {};

	/** An account that never had a webhook is answered 401 to the list. */
	hadWebhooks = true;

	isListForbidden = false;

	/** As a gateway may do. */
	hidesSecrets = false;

	key = 'tly-test';

	pageSize = 2;

	readonly forms = new Map<string, { id: string; name: string; status: string }>();

	private readonly incidents: Incident[] = [];

	private made = 0;

	constructor(origin = TALLY) {
		this.addForm('GxdRaQ', 'Feedback');
		for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
			const handle = this.handle.bind(this, method);
			nock(origin)
				.persist()
				.intercept(/.*/, method)
				.reply(function (uri, body, done) {
					const { status, body: answer } = handle(uri, body, this.req.headers);
					if (status === 0) done(new Error('socket hang up'), [500, '']);
					else done(null, [status, answer]);
				});
		}
	}

	addForm(id: string, name: string, status = 'PUBLISHED'): void {
		this.forms.set(id, { id, name, status });
	}

	/** A webhook that is already there when the story begins. */
	place(webhook: Partial<ScriptedWebhook> & { url: string }): ScriptedWebhook {
		const placed = {
			id: `w${++this.made}`,
			formId: 'GxdRaQ',
			signingSecret: 'known',
			httpHeaders: null,
			eventTypes: ['FORM_RESPONSE'],
			isEnabled: true,
			...webhook,
		};
		this.webhooks.push(placed);
		this.hadWebhooks = true;
		return placed;
	}

	/** The next request that begins so meets with this. */
	meets(incident: Incident): void {
		this.incidents.push({ times: 1, ...incident });
	}

	/** No incident that was to come comes any more. */
	recovers(): void {
		this.incidents.length = 0;
	}

	/** What the last such request asked for behind its question mark. */
	queryOf(request: string): Record<string, string> {
		return Object.fromEntries(this.queries.get(request) ?? []);
	}

	private handle(
		method: string,
		uri: string,
		body: nock.Body,
		headers: ScriptedTally['headers'],
	): { status: number; body: nock.Body } {
		this.headers = headers;
		const { pathname, searchParams } = new URL(uri, TALLY);
		const request = `${method} ${pathname}`;
		this.requests.push(request);
		this.queries.set(request, searchParams);
		const incident = this.incidents.find(
			({ at, isExact, times = 0 }) => times > 0 && (isExact ? request === at : request.startsWith(at)),
		);
		if (incident === undefined) return this.answer(method, pathname, searchParams, body);
		incident.times = (incident.times ?? 1) - 1;
		if (incident.isDoneAnyway) this.answer(method, pathname, searchParams, body);
		return { status: incident.status ?? 0, body: incident.body ?? '' };
	}

	private answer(
		method: string,
		path: string,
		query: URLSearchParams,
		body: nock.Body,
	): { status: number; body: nock.Body } {
		const unauthorized = { status: 401, body: 'Unauthorized' };
		const [, resource = '', id = ''] = path.split('/');
		if (this.headers.authorization !== `Bearer ${this.key}`) return unauthorized;
		if (resource === 'users') {
			return { status: 200, body: { id: 'u1', authorizationToken: 'never to be shown' } };
		}
		if (resource === 'forms' && id === '') {
			return { status: 200, body: page('items', [...this.forms.values()], query, this.pageSize) };
		}
		if (resource === 'forms') {
			const form = this.forms.get(id);
			return form ? { status: 200, body: { ...form, blocks: [] } } : notFound;
		}
		if (method === 'GET') {
			if (this.isListForbidden) return { status: 403, body: { message: 'Forbidden' } };
			if (!this.hadWebhooks) return { status: 401, body: { message: 'Unauthorized' } };
			const listed = this.webhooks.map((webhook) =>
				this.hidesSecrets ? { ...webhook, signingSecret: null } : webhook,
			);
			return { status: 200, body: page('webhooks', listed, query, this.pageSize) };
		}
		if (method === 'POST') {
			const { id: newId } = this.place(body as Record<string, unknown> & { url: string });
			return { status: 201, body: { id: newId, isEnabled: true } };
		}
		const index = this.webhooks.findIndex((webhook) => webhook.id === id);
		const webhook = this.webhooks[index];
		if (webhook === undefined) return notFound;
		if (method === 'DELETE') this.webhooks.splice(index, 1);
		else Object.assign(webhook, { signingSecret: null, httpHeaders: null }, body);
		return { status: 204, body: '' };
	}
}

const notFound = { status: 404, body: { message: 'Not found' } };

function page(name: string, all: readonly object[], query: URLSearchParams, size: number): Record<string, unknown> {
	const number = Number(query.get('page') ?? 1);
	const from = (number - 1) * size;
	return { [name]: all.slice(from, from + size), page: number, hasMore: from + size < all.length };
}
