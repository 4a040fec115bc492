import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../../shared/guards';

/** The one item of an answer that should be an object. */
export function itemIn(body: unknown): IDataObject[] {
	return [(isRecord(body) ? body : {}) as IDataObject];
}

/** The items of an answer that is a bare list. */
export function itemsIn(body: unknown): IDataObject[] {
	return recordsIn(body) as IDataObject[];
}

/**
 * An answer without what opens an account: Tally's users have an `authorizationToken` that its
 * documentation does not name (seen live 2026). Whatever else is called so goes, too.
 *
 *     {id: 'u1', authorizationToken: 'ey…', hasPasswordSet: true} → {id: 'u1', hasPasswordSet: true}
 */
export function withoutTokens(value: unknown): unknown {
	return safeAt(value, 0);
}

/** Tally nests less than ten; what is deeper goes: whoever reads the output might fail at it. */
const MAX_DEPTH = 50;

function safeAt(value: unknown, depth: number): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (depth > MAX_DEPTH) return null;
	if (Array.isArray(value)) return value.map((held) => safeAt(held, depth + 1));
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name, held]) => typeof held === 'boolean' || !/token|secret|password/i.test(name))
			.map(([name, held]) => [name, safeAt(held, depth + 1)]),
	);
}
