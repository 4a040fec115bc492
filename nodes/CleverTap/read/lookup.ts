import type { Lookup } from '../fields/lookup';
import { isPlainObject } from '../properties/flatten';
import { ask, type Json, type Line } from '../transport/ask';
import { codeIn, errorText, requestAdvice } from '../transport/errorText';
import { inQuery } from '../transport/inQuery';
import { refused, type Failed } from '../upload/verdict';

const NOT_FOUND = /not found|no such|does not exist/i;

/**
 * The profile of one user. A user whom CleverTap does not know comes as `success` with a `record`
 * that is null or missing; some accounts answer 404 or "not found".
 *
 * @returns `undefined` for an unknown user.
 */
export async function findProfile(
	{ key, value }: Lookup,
	line: Line,
): Promise<{ readonly record: Json | undefined } | { readonly failed: Failed }> {
	// A plus sign must not arrive as a blank, nor a blank as a plus sign.
	const path = `/1/profile.json?${key}=${inQuery(value)}`;
	const answer = await ask({ method: 'GET', path }, line);
	const { body } = answer;
	const reason = errorText(body);
	if ('failed' in answer) {
		// A 404 without a body in CleverTap's form comes from another server.
		return answer.failed.code === 404 && body !== undefined ? { record: undefined } : answer;
	}
	if (answer.body.status === 'success') {
		const { record } = answer.body;
		return { record: isPlainObject(record) && Object.keys(record).length > 0 ? record : undefined };
	}
	if (reason !== undefined && NOT_FOUND.test(reason)) return { record: undefined };
	const code = codeIn(answer.body);
	const text = reason ?? 'CleverTap’s answer could not be read';
	return { failed: refused(text, requestAdvice(text, code), code) };
}
