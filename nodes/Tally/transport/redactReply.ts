import { isRecord } from '../../shared/guards';
import { redact, textsIn, textsToRedact } from '../../shared/redact';

/** Nobody needs to read more of a service's words in an error. */
const MAX_LENGTH = 1000;

/**
 * What Tally said, with `…` in place of secrets and of the texts that it was sent: a careless
 * service repeats them in its refusals, which go into errors and logs.
 *
 *     {message: 'ada@example.com is there'}, [], [{email: 'ada@example.com'}] → {message: '… is there'}
 */
export function redactReply(said: unknown, secrets: readonly unknown[], sent: readonly unknown[]): unknown {
	const texts = textsToRedact(textsIn(secrets), textsIn(sent));
	const clean = (part: unknown): unknown => {
		if (typeof part === 'string') return part.length > MAX_LENGTH ? '' : redact(part, texts);
		if (Array.isArray(part)) return part.map(clean);
		if (!isRecord(part)) return part;
		return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, clean(inner)]));
	};
	return clean(said);
}
