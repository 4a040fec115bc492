import { createHmac } from 'node:crypto';

/** The value of `Tally-Signature`: base64 of HMAC-SHA256 over the raw body ("Tally help, webhooks"). */
export function sign(body: Buffer, secret: string): string {
	return createHmac('sha256', secret).update(body).digest('base64');
}
