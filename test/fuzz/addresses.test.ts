import fc from 'fast-check';
import { NodeOperationError } from 'n8n-workflow';

import { apiOrigin } from '../../nodes/CleverTap/transport/origin';
import { inQuery } from '../../nodes/CleverTap/transport/inQuery';
import { ItemError } from '../../nodes/shared/itemError';
import { nodeError, withNodeErrors } from '../../nodes/shared/nodeError';
import { editorAddress, FORM_ADDRESS, formIdFrom } from '../../nodes/Tally/form/address';
import { formIn } from '../../nodes/Tally/form/parameter';
import { requiredId } from '../../nodes/Tally/resources/common/item';
import { readUrl } from '../../nodes/Tally/resources/webhook/fields';
import { isPrivateAddress, isSameAddress, isThisMachine } from '../../nodes/Tally/transport/addresses';
import { TallyClient } from '../../nodes/Tally/transport/client';
import type { TallyCaller } from '../../nodes/Tally/transport/credential';
import { isTallyStorage } from '../../nodes/Tally/trigger/storage';
import { isPublicAddress } from '../../sandbox/tally/addresses';
import { fuzz, unless } from '../support/fuzz';
import { oddJson, oddText } from './json';
import { contextOf, node } from './tallyNode';
import { wrongWith } from './wrong';

const formId = fc.stringMatching(/^[A-Za-z0-9]{1,10}$/);
const host = fc.oneof(
	fc.constantFrom('tally.so', 'www.tally.so', 'forms.example.com', '127.0.0.1:4321', 'tally.so.evil.example', 'a@b'),
	fc.domain(),
);
/** An address of a form, with the form in it. */
const address = fc.tuple(
	fc.constantFrom('https://', 'http://', '', ' https://'),
	host,
	formId,
	fc.constantFrom<(id: string) => string>(
		(id) => `/forms/${id}/edit`,
		(id) => `/forms/${id}`,
		(id) => `/r/${id}`,
		(id) => `/embed/${id}?alignLeft=1`,
		(id) => `/popup/${id}#top`,
		(id) => `/pricing#tally-open=${id}&tally-width=400`,
		(id) => `/r/${id}/?x=/y`,
	),
);
const traversal = fc.constantFrom(
	'../',
	'..%2f',
	'%2e%2e/',
	'/..',
	'?',
	'#',
	'%3f',
	'\\',
	'//evil.example/',
	'@evil.example',
	'\u0000',
	'\n',
	';',
	'%00',
);
const typed = fc.oneof(
	address.map(([scheme, name, id, path]) => `${scheme}${name}${path(id)}`),
	fc.tuple(address, fc.nat(), fc.oneof(traversal, oddText)).map(([[scheme, name, id, path], at, put]) => {
		const text = `${scheme}${name}${path(id)}`;
		const place = at % (text.length + 1);
		return text.slice(0, place) + put + text.slice(place);
	}),
	fc.webUrl({ withFragments: true, withQueryParameters: true }),
	fc
		.array(fc.constantFrom('r/', 'forms/', '#', '&', 'tally-open=', 'a', '/', '!', ' ', 'https://'), { maxLength: 30 })
		.map((parts) => parts.join('')),
	oddText,
);

/** What n8n shows in place of an item's error. */
function shown(error: unknown): unknown {
	return error instanceof ItemError ? nodeError({ getNode: () => node }, error) : error;
}

/** Where a request for this form arrives. */
function pathOf(id: string): string {
	return new URL(`https://api.tally.so/forms/${id}/submissions`).pathname;
}

describe('A form', () => {
	fuzz('is found in every address of it', address, ([scheme, name, id, path]) =>
		unless(formIdFrom(`${scheme}${name}${path(id)}`) === id, `${formIdFrom(`${scheme}${name}${path(id)}`)} is found`),
	);

	fuzz(
		'is a plain ID or none, whatever was typed, and leads to no other call',
		fc.oneof(typed, oddJson),
		(value) => {
			let id: string;
			try {
				id = formIn(value);
			} catch (error) {
				return wrongWith(shown(error), 'no secret');
			}
			return [
				...unless(/^[A-Za-z0-9]+$/.test(id), `The form ${id}`),
				...unless(typeof value === 'string' && value.includes(id), 'It was made up'),
				...unless(pathOf(id) === `/forms/${id}/submissions`, `It leads to ${pathOf(id)}`),
				...unless(new URL(editorAddress(id)).origin === 'https://tally.so', 'It is edited elsewhere'),
			];
		},
		1_000,
	);

	fuzz('is taken from an address as the editor takes it', typed, (text) => {
		const inEditor = new RegExp(`^${FORM_ADDRESS}$`).exec(text)?.[1];
		const isId = /^\s*[A-Za-z0-9]+\s*$/.test(text);
		return unless(isId || inEditor === formIdFrom(text) || text.length > 2000, `The editor takes ${inEditor}`);
	});
});

describe('What is typed as an ID or an address', () => {
	const tried = (read: () => string): { text: string } | { wrong: string[] } => {
		try {
			return { text: read() };
		} catch (thrown) {
			const error = shown(thrown);
			return {
				wrong: [
					...unless(error instanceof NodeOperationError, 'It throws another error'),
					...wrongWith(error, 'no secret'),
				],
			};
		}
	};

	fuzz('is an ID that stays in its place of a path', fc.oneof(typed, formId, oddJson), (value) => {
		const outcome = tried(() => requiredId(value, 'Webhook'));
		if ('wrong' in outcome) return outcome.wrong;
		const { pathname, search, hash } = new URL(`https://api.tally.so/webhooks/${outcome.text}/events`);
		return unless(`${pathname}${search}${hash}` === `/webhooks/${outcome.text}/events`, `It leads to ${pathname}`);
	});

	fuzz('is an address of the web', fc.oneof(typed, fc.webUrl(), oddJson), (value) => {
		const outcome = tried(() => readUrl(value));
		if ('wrong' in outcome) return outcome.wrong;
		return unless(/^https?:$/.test(new URL(outcome.text).protocol), `It is ${outcome.text}`);
	});

	fuzz('is found again in the query of an address', fc.oneof(oddText, typed), (text) => {
		const { pathname, hash, searchParams } = new URL(
			`https://api.clevertap.com/1/profile.json?identity=${inQuery(text)}`,
		);
		const found = searchParams.get('identity');
		return [
			...unless(pathname === '/1/profile.json' && hash === '' && [...searchParams].length === 1, 'It leads elsewhere'),
			...unless(found === Buffer.from(text).toString(), `It is ${found}`),
		];
	});
});

const ipv4 = fc.oneof(
	fc.ipV4(),
	fc.ipV4Extended(),
	fc
		.tuple(
			fc.constantFrom(
				'0',
				'10',
				'100.64',
				'100.127',
				'100.128',
				'127',
				'169.254',
				'172.16',
				'172.31',
				'172.32',
				'192.168',
				'192.169',
				'11',
			),
			fc.nat(255),
			fc.nat(255),
			fc.nat(255),
		)
		.map((parts) => parts.join('.').split('.').slice(0, 4).join('.')),
);
const ipv6 = fc.oneof(
	fc.ipV6(),
	ipv4.map((address) => `::ffff:${address}`),
	fc
		.tuple(fc.constantFrom('fc', 'fd', 'fe80', 'fe90', 'feb0', 'fec0', 'fb', ''), fc.ipV6())
		.map(([start, rest]) => `${start.padEnd(4, '0')}:${rest.split(':').slice(1).join(':')}`),
	fc.constantFrom('::', '::1', '::2', '2001:db8::1'),
);
const urlOf = fc
	.tuple(
		fc.constantFrom('http', 'https'),
		fc.oneof(
			ipv4,
			ipv6.map((text) => `[${text}]`),
		),
		fc.constantFrom('', ':8080', ':443'),
	)
	.map(([scheme, name, port]) => `${scheme}://${name}${port}/webhook`);

describe('An address', () => {
	fuzz(
		'of a number is private where its range is',
		urlOf,
		(url) => {
			if (!URL.canParse(url)) return unless(!isPrivateAddress(url), 'No address is private');
			// The local Tally reads the ranges in another way: node's own.
			return unless(isPrivateAddress(url) === !isPublicAddress(url), `${new URL(url).hostname} is misjudged`);
		},
		1_000,
	);

	fuzz('is read in one way', fc.oneof(urlOf, typed), (text) => [
		...unless(isSameAddress(text, text), 'It is not itself'),
		...unless(!isThisMachine(text) || isPrivateAddress(text), 'It is this machine and not private'),
		...unless(!URL.canParse(text) || isSameAddress(text, new URL(text).href), 'It is not what it is written as'),
	]);

	const link = fc.oneof(
		typed,
		fc
			.tuple(
				fc.constantFrom(
					'storage.tally.so',
					'storage.googleapis.com',
					'storage.tally.so.evil.example',
					'evil.example',
					'localhost:4321',
				),
				fc.constantFrom('/private/', '/tally-response-assets/', '/'),
				fc.oneof(traversal, oddText),
				fc.constantFrom('https://', 'http://', 'https://x@', '//'),
			)
			.map(([name, path, rest, scheme]) => `${scheme}${name}${path}${rest}`),
	);
	fuzz(
		'of a file is fetched only where Tally keeps files',
		fc.tuple(link, fc.constantFrom('https://api.tally.so', 'http://localhost:4321', '', 'http://10.0.0.1')),
		([file, baseUrl]) => {
			if (!isTallyStorage(file, baseUrl)) return [];
			const { protocol, host: where, pathname, username } = new URL(file);
			const isTallys =
				protocol === 'https:' &&
				(where === 'storage.tally.so' ||
					(where === 'storage.googleapis.com' && pathname.startsWith('/tally-response-assets/')));
			const isLocal =
				baseUrl === 'http://localhost:4321' && where === 'localhost:4321' && pathname.startsWith('/private/');
			return unless(username === '' && (isTallys || isLocal), `It is fetched from ${where}`);
		},
	);
});

describe('The credential', () => {
	fuzz(
		'leads to a host of CleverTap’s, or to the one that was typed, or nowhere',
		fc.record({
			region: fc.oneof(fc.constantFrom('eu1', 'in1', 'custom'), typed, oddText),
			customHost: fc.oneof(host, typed, oddText),
		}),
		(data) => {
			const origin = apiOrigin(data);
			if (origin === undefined) return [];
			if (!URL.canParse(origin)) return unless(data.region === 'custom', `The region leads to ${origin}`);
			const { hostname, pathname, username, search, hash } = new URL(`${origin}/1/upload`);
			return [
				...unless(pathname === '/1/upload' && username === '' && search === '' && hash === '', `It leads to ${origin}`),
				...unless(
					data.region === 'custom' || hostname === 'api.clevertap.com' || hostname.endsWith('.api.clevertap.com'),
					`It leads to ${hostname}`,
				),
			];
		},
	);

	const PASSWORD = 'pa55word-never-shown';
	fuzz(
		'keeps to itself what its base URL holds before the host',
		fc.oneof(
			typed,
			fc
				.tuple(fc.constantFrom('https', 'http', 'ftp', 'HTTPS'), oddText, host)
				.map(([scheme, user, name]) => `${scheme}://${user}:${PASSWORD}@${name}/tally`),
		),
		async (baseUrl) => {
			const partial = contextOf({ resource: '', operation: '' }, () => Promise.reject(new Error(PASSWORD)));
			const caller = {
				...partial,
				getCredentials: () => Promise.resolve({ apiKey: PASSWORD, baseUrl }),
			} as unknown as TallyCaller;
			try {
				const client = new TallyClient(caller);
				await withNodeErrors(
					caller,
					async () => await client.call({ method: 'GET', path: '/users/me', expects: { member: 'id' } }),
				);
				return ['It says that all is well'];
			} catch (error) {
				return wrongWith(error, PASSWORD);
			}
		},
	);
});
