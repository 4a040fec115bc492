import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret that nobody can guess: 32 random bytes, as 64 hexadecimal digits. */
export function newSecret(): string {
	return randomBytes(32).toString('hex');
}

/** The value of `Tally-Signature` for a body: base64 of HMAC-SHA256 (https://tally.so/help/webhooks). */
export function signatureOf(body: Uint8Array, secret: string): string {
	return createHmac('sha256', secret).update(body).digest('base64');
}

/** Whether a header's value is shaped as a signature is: 32 bytes in base64. */
export function mayBeSignature(value: unknown): value is string {
	return typeof value === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(value);
}

/**
 * Whether Tally, which alone shares the secret, sent exactly these bytes.
 *
 * @param signature the request's header as n8n gives it: absent, a text, or several texts
 */
export function isSignedBy(secret: string, body: Uint8Array, signature: unknown): signature is string {
	if (secret === '' || typeof signature !== 'string') return false;
	const expected = Buffer.from(signatureOf(body, secret));
	const received = Buffer.from(signature);
	return received.length === expected.length && timingSafeEqual(received, expected);
}
