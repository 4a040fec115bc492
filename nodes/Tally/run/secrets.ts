import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../narrowing';

/**
 * A user without what opens the account: Tally's answer holds an `authorizationToken` that its
 * documentation does not name (seen live 2026). Whatever else is called so goes, too.
 */
export function withoutTokens(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutTokens);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name, held]) => typeof held === 'boolean' || !/token|secret|password/i.test(name))
			.map(([name, held]) => [name, withoutTokens(held)]),
	);
}

/** A webhook whose signing secret and header values are left out; that there are some is said. */
export function withoutSigningSecret(webhook: Record<string, unknown>): IDataObject {
	const { signingSecret, httpHeaders, ...rest } = webhook;
	return {
		...rest,
		...(signingSecret === undefined ? {} : { isSigned: signingSecret !== null && signingSecret !== '' }),
		...(httpHeaders === undefined ? {} : { httpHeaders: recordsIn(httpHeaders).map(({ name }) => ({ name })) }),
	};
}
