import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A secret in a form that only the API key opens (AES-256-GCM, key by HKDF-SHA256).
 *
 * n8n shows a workflow's static data to whoever may read the workflow, through its API too, and
 * writes it into exports; credentials it keeps encrypted and shows to nobody.
 */
export function seal(secret: string, apiKey: string): string {
	const iv = randomBytes(IV_BYTES);
	const cipher = createCipheriv(CIPHER, keyOf(apiKey), iv);
	const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The secret, or `undefined` if it was sealed with another API key or changed since. */
export function unseal(text: string, apiKey: string): string | undefined {
	const bytes = Buffer.from(text, 'base64');
	const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
	if (tag.length < TAG_BYTES) return undefined;
	try {
		const decipher = createDecipheriv(CIPHER, keyOf(apiKey), iv, { authTagLength: TAG_BYTES });
		decipher.setAuthTag(tag);
		const opened = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
		return Buffer.concat(opened).toString('utf8');
	} catch {
		return undefined;
	}
}

function keyOf(apiKey: string): Uint8Array {
	return new Uint8Array(hkdfSync('sha256', apiKey, '', 'signing secret of a webhook at Tally', 32));
}
