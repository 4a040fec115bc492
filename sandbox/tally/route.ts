import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from './account';
import { TallyRefusal, notFound } from './errors';
import type { Form } from './form';

/** One request, checked against the API description. */
export interface Context {
	account: Account;
	params: Record<string, string>;
	query: Record<string, string>;
	headers: IncomingHttpHeaders;
	body: unknown;
}

export interface Answer {
	status: number;
	body?: unknown;
}

/** Adds a route to the REST API. */
export type Route = (
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
	path: string,
	handle: (context: Context) => Answer,
) => void;

export function existingForm(account: Account, params: Record<string, string>): Form {
	const form = account.form(params.formId ?? '');
	if (!form) throw notFound('Form');
	return form;
}

/** What a free account may not do is answered with 401 and JSON (observed live 2026-08). */
export function needsPro(account: Account): void {
	if (account.plan === 'FREE') throw new TallyRefusal(401, 'Upgrade to Tally Pro', 'PLAN');
}
