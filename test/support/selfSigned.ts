import { generateKeyPairSync, sign } from 'node:crypto';

/** One element of DER (ITU-T X.690): its tag, its length, what it holds. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
	const content = Buffer.concat(parts);
	const size = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const text = (tag: number, value: string) => der(tag, Buffer.from(value));

/** 1.3.101.112 */
const ED25519 = sequence(der(0x06, Buffer.from([0x2b, 0x65, 0x70])));

/** A certificate for a host that nobody vouches for, with its key, both as PEM; drawn anew each time. */
export function selfSigned(host: string): { cert: string; key: string } {
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	const commonName = der(0x06, Buffer.from([0x55, 0x04, 0x03]));
	const name = sequence(der(0x31, sequence(commonName, text(0x0c, host))));
	const validity = sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z'));
	const subjectAltName = sequence(der(0x06, Buffer.from([0x55, 0x1d, 0x11])), der(0x04, sequence(text(0x82, host))));
	const certificate = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		ED25519,
		name,
		validity,
		name,
		publicKey.export({ format: 'der', type: 'spki' }),
		der(0xa3, sequence(subjectAltName)),
	);
	const signature = der(0x03, Buffer.from([0]), sign(null, certificate, privateKey));
	const signed = sequence(certificate, ED25519, signature);
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${signed.toString('base64')}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
	};
}
