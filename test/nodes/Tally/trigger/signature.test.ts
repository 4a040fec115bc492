import { createHmac } from 'node:crypto';

import { isSignedBy, mayBeSignature, newSecret, signatureOf } from '../../../../nodes/Tally/trigger/signature';
import { bodyWith, bytesOf } from '../deliveries';

const secret = newSecret();
const body = bytesOf(bodyWith([{ key: 'question_a', label: 'Name', type: 'INPUT_TEXT', value: 'Zoë' }]));
const signature = signatureOf(body, secret);

it('is base64 of HMAC-SHA256 over the bytes', () => {
	expect(signature).toBe(createHmac('sha256', secret).update(body).digest('base64'));
	expect(isSignedBy(secret, body, signature)).toBe(true);
});

it('is right over an empty body, too', () => {
	expect(isSignedBy(secret, Buffer.alloc(0), signatureOf(Buffer.alloc(0), secret))).toBe(true);
});

it.each<[string, unknown, boolean]>([
	['a signature', signature, true],
	['nothing', undefined, false],
	['a list', [signature], false],
	['a list in which it is', ['x', signature], false],
	['one without its last character', signature.slice(0, -1), false],
	['one with something before it', `sha256=${signature}`, false],
	['one with something behind it', `${signature}=`, false],
	['one with another character', `-${signature.slice(1)}`, false],
	['two joined', `${signature}${signature}`, false],
])('tells by its shape what may be a signature: %s', (_what, value, expected) => {
	expect(mayBeSignature(value)).toBe(expected);
});

it('has a new secret each time', () => {
	expect(new Set(Array.from({ length: 20 }, newSecret)).size).toBe(20);
	expect(newSecret()).toMatch(/^[0-9a-f]{64}$/);
});

function changed(at: number): Buffer {
	const copy = Buffer.from(body);
	copy[at] = (copy[at] ?? 0) ^ 1;
	return copy;
}

describe('is wrong for', () => {
	it.each([
		['a changed first byte', changed(0), signature],
		['a changed last byte', changed(body.length - 1), signature],
		['a byte more', Buffer.concat([body, Buffer.from(' ')]), signature],
		['a byte less', body.subarray(0, -1), signature],
		['another encoding of the same text', Buffer.from(body.toString('utf8'), 'latin1'), signature],
		['the same JSON written anew', bytesOf(JSON.stringify(JSON.parse(body.toString()), null, 1)), signature],
		['no signature', body, undefined],
		['an empty signature', body, ''],
		['a shorter signature', body, signature.slice(0, -1)],
		['a longer signature', body, `${signature}=`],
		['a signature in hexadecimal', body, createHmac('sha256', secret).update(body).digest('hex')],
		['a signature with a prefix', body, `sha256=${signature}`],
		['a signature in another case', body, signature.toLowerCase()],
		['two signatures, as a list', body, [signature, signature]],
		['two signatures, joined', body, `${signature}, ${signature}`],
		['a signature of as many characters but more bytes', body, 'é'.repeat(signature.length)],
		['a signature with another secret', body, signatureOf(body, newSecret())],
		['a signature of another body', body, signatureOf(changed(3), secret)],
	])('%s', (_what, bytes, given) => {
		expect(isSignedBy(secret, bytes, given)).toBe(false);
	});

	it('a secret that is missing', () => {
		expect(isSignedBy('', body, signatureOf(body, ''))).toBe(false);
	});
});
