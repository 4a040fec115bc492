import fc from 'fast-check';

import { isTallyStorage } from '../../../../nodes/Tally/trigger/storage';

const TALLY = 'https://api.tally.so';

it.each([
	'https://storage.tally.so/private/a%20b.pdf?id=x&accessToken=y&signature=z',
	'https://storage.googleapis.com/tally-response-assets/aBcDeF/1/cv.txt',
])('%s is where Tally keeps files', (link) => {
	expect(isTallyStorage(link, TALLY)).toBe(true);
	expect(isTallyStorage(link, 'http://127.0.0.1:4321')).toBe(true);
	expect(isTallyStorage(link, '')).toBe(true);
});

it.each([
	'http://storage.tally.so/private/a',
	'https://storage.tally.so:8443/private/a',
	'https://storage.tally.so.example.com/private/a',
	'https://storage.tally.so@example.com/private/a',
	'https://somebody@storage.tally.so/private/a',
	'https://:password@storage.tally.so/private/a',
	'https://example.com/?https://storage.tally.so/',
	'https://storage.googleapis.com/other-bucket/a',
	'https://storage.googleapis.com/tally-response-assets/../other-bucket/a',
	'https://storage.googleapis.com/tally-response-assets/%2e%2e/other-bucket/a',
	'https://storage.googleapis.com/tally-response-assets-evil/a',
	'http://169.254.169.254/latest/meta-data/',
	'http://localhost:5678/rest/settings',
	'http://127.0.0.1:4321/private/a',
	'file:///etc/passwd',
	'data:text/plain,x',
	'//storage.tally.so/private/a',
	'private/a',
	'',
])('%s is not', (link) => {
	expect(isTallyStorage(link, TALLY)).toBe(false);
	expect(isTallyStorage(link, '')).toBe(false);
});

/** Ways to write addresses that only this machine, its network or its cloud can reach. */
const INSIDE = [
	'127.0.0.1',
	'127.1',
	'127.255.255.254',
	'2130706433',
	'0x7f000001',
	'0x7f.1',
	'017700000001',
	'0177.0.0.1',
	'0.0.0.0',
	'0',
	'localhost',
	'LOCALHOST',
	'localhost.',
	'n8n.localhost',
	'10.0.0.1',
	'0xa.0.0.1',
	'172.16.0.1',
	'192.168.1.1',
	'100.64.0.1',
	'169.254.169.254',
	'2852039166',
	'0xa9fea9fe',
	'metadata.google.internal',
	'metadata',
	'n8n',
	'[::]',
	'[::1]',
	'[0:0:0:0:0:0:0:1]',
	'[::ffff:127.0.0.1]',
	'[::ffff:7f00:1]',
	'[::ffff:169.254.169.254]',
	'[::127.0.0.1]',
	'[64:ff9b::7f00:1]',
	'[fd00:ec2::254]',
	'[fe80::1]',
	'１２７.０.０.１',
	'127。0。0。1',
	'①②⑦.⓪.⓪.①',
];

/** Where an address can hide its host, or borrow a better one. */
const DISGUISES: ReadonlyArray<(host: string) => string> = [
	(host) => `http://${host}/private/a`,
	(host) => `https://${host}/private/a`,
	(host) => `https://${host}/tally-response-assets/a`,
	(host) => `https://${host}:443/private/a`,
	(host) => `https://${host}:8443/private/a`,
	(host) => `https://storage.tally.so@${host}/private/a`,
	(host) => `https://storage.tally.so:x@${host}/private/a`,
	(host) => `https://storage.tally.so%2f@${host}/private/a`,
	(host) => `https://${host}#@storage.tally.so/private/a`,
	(host) => `https://${host}?@storage.tally.so/private/a`,
	(host) => `https://${host}\\@storage.tally.so/private/a`,
	(host) => `https:${host}/private/a`,
	(host) => `https:\\\\${host}/private/a`,
	(host) => ` https://${host}/private/a`,
	(host) => `ht\ntps://${host}/private/a`,
	(host) => `//${host}/private/a`,
	(host) => `ftp://${host}/private/a`,
	(host) => `gopher://${host}/_private`,
	(host) => `blob:https://${host}/private/a`,
	(host) => `https://storage.tally.so.${host}/private/a`,
];

describe.each(INSIDE)('an address inside: %s', (host) => {
	it('is never where Tally keeps files, however the link is written', () => {
		for (const disguise of DISGUISES) {
			const link = disguise(host);
			for (const baseUrl of [
				TALLY,
				'',
				'https://gateway.example.com/tally',
				'http://gateway:8080/tally',
				'http://10.0.0.7',
			]) {
				expect({ link, baseUrl, is: isTallyStorage(link, baseUrl) }).toEqual({ link, baseUrl, is: false });
			}
		}
	});
});

it('is nothing but the two places, whatever is in a link', () => {
	const part = fc.oneof(
		fc.constantFrom(
			'https:',
			'http:',
			'//',
			'/',
			'\\',
			'@',
			':',
			'?',
			'#',
			'.',
			'%2f',
			'%2e',
			'..',
			'storage.tally.so',
			'storage.googleapis.com',
			'/tally-response-assets/',
			'/private/',
			'127.0.0.1',
			'localhost',
			'443',
			'\t',
		),
		fc.string({ maxLength: 3 }),
	);
	const link = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
	fc.assert(
		fc.property(
			fc.oneof(
				link,
				link.map((rest) => `https://storage.tally.so${rest}`),
				fc.webUrl(),
			),
			(text) => {
				if (!isTallyStorage(text, TALLY)) return;
				const { protocol, hostname, port, pathname } = new URL(text);
				expect([protocol, port]).toEqual(['https:', '']);
				expect(`${hostname}${pathname}`).toMatch(
					/^(?:storage\.tally\.so\/|storage\.googleapis\.com\/tally-response-assets\/)/,
				);
			},
		),
		{ numRuns: 5000 },
	);
});

describe('a Tally on this very machine, for trying things out', () => {
	const local = 'http://127.0.0.1:4321/';

	it('keeps its files itself, under one path', () => {
		expect(isTallyStorage('http://127.0.0.1:4321/private/a%20b?id=1', local)).toBe(true);
		expect(isTallyStorage('http://localhost:4321/private/a', 'http://localhost:4321')).toBe(true);
		expect(isTallyStorage('http://[::1]:4321/private/a', 'http://[::1]:4321')).toBe(true);
	});

	it.each([
		'http://127.0.0.1:4321/forms',
		'http://127.0.0.1:4321/private/../forms',
		'http://127.0.0.1:4321/private/%2e%2e/forms',
		'http://127.0.0.1:4321/private/..%2fforms',
		'http://127.0.0.1:4321/private/..%5cforms',
		'http://127.0.0.1:5678/private/a',
		'http://localhost:4321/private/a',
		'https://127.0.0.1:4321/private/a',
		'http://127.0.0.1:4321@10.0.0.1/private/a',
		'http://user@127.0.0.1:4321/private/a',
	])('and has none at %s', (link) => {
		expect(isTallyStorage(link, local)).toBe(false);
	});

	it.each([
		'https://gateway.example.com',
		'http://gateway:8080',
		'http://10.1.2.3:8080',
		'http://192.168.1.7',
		'http://169.254.169.254',
		'http://[fd00::1]',
		'http://gateway.internal',
	])('is not meant by a base URL anywhere else, such as a gateway’s: %s', (baseUrl) => {
		expect(isTallyStorage(`${baseUrl}/private/a`, baseUrl)).toBe(false);
	});
});
