import dns from 'node:dns';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import tls from 'node:tls';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { signatureOf } from '../../nodes/Tally/trigger/signature';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { bodyWith, bytesOf } from '../nodes/Tally/deliveries';
import { selfSigned } from '../support/selfSigned';
import { TriggerLife } from '../support/triggerLife';

/** What a service on this machine saw. */
let connections: number;
let requests: string[];
let inside: Server;

/**
 * The names of Tally's storage lead to a service inside, as a forged DNS answer would have it.
 *
 * @param trusted certificates that this machine trusts instead of the usual ones
 */
async function rebind(service: Server, trusted: { ca?: string } = {}): Promise<void> {
	connections = 0;
	requests = [];
	inside = service;
	service.on('connection', () => connections++);
	service.on('request', ({ url }: { url: string }, response: { end: (text: string) => void }) => {
		requests.push(url);
		response.end('secret of a service inside');
	});
	await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
	const { port } = service.address() as AddressInfo;
	const lookup = (_name: string, options: dns.LookupOptions, done: (...answer: unknown[]) => void) =>
		options.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
	jest.spyOn(dns, 'lookup').mockImplementation(lookup as never);
	const { connect } = tls as { connect: (options: object) => tls.TLSSocket };
	jest
		.spyOn(tls, 'connect')
		.mockImplementation(((options: object) => connect({ ...options, ...trusted, port })) as never);
}

afterEach(async () => {
	jest.restoreAllMocks();
	await new Promise((resolve) => inside.close(resolve));
});

/** What becomes of a file whose link is as Tally writes it. */
async function fetched(url: string): Promise<{ entry: unknown; binary: unknown }> {
	const life = new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'id', value: 'GxdRaQ' }, options: { downloadFiles: true } },
		credential: { type: new TallyAccountApi(), data: { apiKey: 'tly-test', baseUrl: 'https://api.tally.so' } },
	});
	life.store({ webhookId: 'w1', formId: 'GxdRaQ', secret: 'secret' });
	const files = [{ id: 'f1', name: 'a.txt', url, mimeType: 'text/plain', size: 5 }];
	const rawBody = bytesOf(bodyWith([{ key: 'question_u', label: 'CV', type: 'FILE_UPLOAD', value: files }]));
	const { outcome } = await life.receive({ rawBody, headers: { 'tally-signature': signatureOf(rawBody, 'secret') } });
	const item = outcome.workflowData?.[0]?.[0];
	return { entry: (item?.json.answers as { CV: unknown[] }).CV[0], binary: item?.binary };
}

describe.each([
	'https://storage.tally.so/private/a.txt?accessToken=t',
	'https://storage.googleapis.com/tally-response-assets/a/b.txt',
])('a name that leads to this machine: %s', (url) => {
	it.each<[string, () => Server]>([
		['speaks plain HTTP', () => createHttp()],
		['has a certificate of its own making for this name', () => createHttps(selfSigned(new URL(url).hostname))],
		['has a certificate of its own name', () => createHttps(selfSigned('service.internal'))],
	])('gives nothing of a service that %s', async (_what, service) => {
		await rebind(service());
		expect(await fetched(url)).toEqual({
			entry: expect.objectContaining({ note: 'Not downloaded: the connection broke' }) as unknown,
			binary: {},
		});
		expect(connections).toBe(1);
		expect(requests).toEqual([]);
	});
});

it('would give it if the certificate were trusted: the test leads where it says', async () => {
	const { cert, key } = selfSigned('storage.tally.so');
	await rebind(createHttps({ cert, key }), { ca: cert });
	const { binary } = await fetched('https://storage.tally.so/private/a.txt');
	expect(binary).toMatchObject({ file_0: { fileName: 'a.txt' } });
	expect(requests).toEqual(['/private/a.txt']);
});
