import { PassThrough } from 'node:stream';
import nock from 'nock';

import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { signatureOf } from '../../nodes/Tally/trigger/signature';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { bodyWith, bytesOf } from '../nodes/Tally/deliveries';
import { TriggerLife } from '../support/triggerLife';

const secret = 's'.repeat(64);
const STORAGE = 'https://storage.tally.so';

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
// Each file has its own nock: the next one could not intercept anything otherwise.
afterAll(() => nock.restore());

function file(name: string, more: object = {}): Record<string, unknown> {
	const url = `${STORAGE}/private/${encodeURIComponent(name)}?id=f1&accessToken=t`;
	return { id: 'f1', name, url, mimeType: 'text/plain', size: 5, ...more };
}

/** The item that a submission with these uploads starts the workflow with. */
async function itemWith(files: unknown, options: object = {}) {
	const life = new TriggerLife({
		node: new TallyTrigger(),
		parameters: { formId: { __rl: true, mode: 'id', value: 'GxdRaQ' }, options: { downloadFiles: true, ...options } },
		credential: { type: new TallyAccountApi(), data: { apiKey: 'tly-test', baseUrl: 'https://api.tally.so' } },
	});
	life.store({ webhookId: 'w1', formId: 'GxdRaQ', secret });
	const rawBody = bytesOf(
		bodyWith([
			{ key: 'question_a', label: 'Name', type: 'INPUT_TEXT', value: 'Ada' },
			{ key: 'question_c', label: 'Topics', type: 'CHECKBOXES', value: ['Price'], options: [] },
			{ key: 'question_u', label: 'CV', type: 'FILE_UPLOAD', value: files },
			{ key: 'question_s', label: 'Sign here', type: 'SIGNATURE', value: null },
		]),
	);
	const headers = { 'tally-signature': signatureOf(rawBody, secret) };
	const { outcome } = await life.receive({ rawBody, headers });
	const item = outcome.workflowData?.[0]?.[0];
	const { answers } = item?.json as { answers: { Name: string; CV?: Array<Record<string, unknown>> } };
	expect(answers).toMatchObject({ Name: 'Ada', Topics: ['Price'] });
	return { files: answers.CV ?? [], binary: item?.binary ?? {} };
}

it('are fetched into binary fields, whatever their names', async () => {
	const names = ['Lebenslauf (neu) ü.txt', 'no extension', '../../etc/passwd', '履歴書 🙂.txt'];
	for (const name of names) {
		nock(STORAGE)
			.get(`/private/${encodeURIComponent(name)}`)
			.query(true)
			.reply(200, `of ${name}`);
	}
	const { files, binary } = await itemWith(names.map((name) => file(name)));
	expect(files.map(({ name, binary: field }) => [name, field])).toEqual([
		[names[0], 'file_0'],
		[names[1], 'file_1'],
		[names[2], 'file_2'],
		[names[3], 'file_3'],
	]);
	expect(Object.keys(binary)).toEqual(['file_0', 'file_1', 'file_2', 'file_3']);
	expect(binary.file_0).toMatchObject({ fileName: names[0], mimeType: 'text/plain' });
	expect(binary.file_2).toMatchObject({ fileName: 'passwd' });
	const contents = Object.values(binary).map(({ data }) => Buffer.from(data, 'base64').toString());
	expect(contents).toEqual(names.map((name) => `of ${name}`));
});

it('have a field of the wanted name, and a type of their own where Tally names none', async () => {
	nock(STORAGE).get(/.*/).query(true).reply(200, 'hello');
	const { files, binary } = await itemWith([file('a.csv', { mimeType: null })], { binaryPrefix: 'cv' });
	expect(files[0]).toMatchObject({ binary: 'cv0' });
	expect(binary.cv0).toMatchObject({ mimeType: 'text/csv' });
});

it.each([301, 302, 303, 307, 308])(
	'are asked for without the API key, and no redirect is followed (%d)',
	async (status) => {
		for (const location of [
			'http://127.0.0.1:9/secret',
			'http://169.254.169.254/latest/meta-data/',
			`${STORAGE}/private/b`,
		]) {
			const asked: Array<Record<string, unknown>> = [];
			nock(STORAGE)
				.get(/.*/)
				.query(true)
				.reply(function () {
					asked.push(this.req.headers);
					return [status, '', { Location: location }];
				});
			const { files, binary } = await itemWith([file('a')]);
			expect(asked).toHaveLength(1);
			expect(asked[0]).not.toHaveProperty('authorization');
			expect(files[0]).toMatchObject({ note: `Not downloaded: Tally's storage answered with status ${status}` });
			expect(binary).toEqual({});
		}
	},
);

it('are not asked for at all where a link leads inside', async () => {
	const asked: string[] = [];
	const note = ({ host, path }: { host: string; path: string }) => void asked.push(`${host}${path}`);
	nock.emitter.on('no match', note);
	const links = [
		'http://127.0.0.1:5678/rest/settings',
		'http://localhost/private/a',
		'http://[::1]:5678/private/a',
		'http://[::ffff:7f00:1]/private/a',
		'http://2130706433/private/a',
		'http://0x7f.1/private/a',
		'http://169.254.169.254/latest/meta-data/',
		'http://metadata.google.internal/computeMetadata/v1/',
		'https://storage.tally.so@10.0.0.1/private/a',
		'https://storage.tally.so:8443/private/a',
		'https://storage.tally.so.internal/private/a',
		'file:///etc/passwd',
		'data:text/plain,a',
		'ftp://storage.tally.so/private/a',
	];
	const { files, binary } = await itemWith(links.map((url) => file('a', { url })));
	nock.emitter.off('no match', note);
	expect(files.map(({ note: reason }) => reason)).toEqual(
		links.map(() => "Not downloaded: the link does not lead to Tally's storage"),
	);
	expect(binary).toEqual({});
	expect(asked).toEqual([]);
});

it('may be as large as 25 MB', async () => {
	const content = Buffer.alloc(25 * 1024 * 1024, 'a');
	nock(STORAGE).get(/.*/).query(true).reply(200, content);
	const { binary } = await itemWith([file('a', { size: content.length })]);
	expect(Buffer.from(binary.file_0?.data ?? '', 'base64')).toHaveLength(content.length);
});

describe('A file that can not be fetched leaves a note, and the submission comes', () => {
	it.each([
		[
			'is gone',
			() => void nock(STORAGE).get(/.*/).query(true).reply(404),
			file('a'),
			"Tally's storage answered with status 404",
		],
		[
			'breaks off',
			() => void nock(STORAGE).get(/.*/).query(true).replyWithError('reset'),
			file('a'),
			'the connection broke',
		],
		['is said to be too large', () => undefined, file('a', { size: 25 * 1024 * 1024 + 1 }), 'it is larger than 25 MB'],
		[
			'is too large',
			() =>
				void nock(STORAGE)
					.get(/.*/)
					.query(true)
					.reply(200, Buffer.alloc(25 * 1024 * 1024 + 1)),
			file('a'),
			'it is larger than 25 MB',
		],
		[
			'is elsewhere',
			() => undefined,
			file('a', { url: 'http://169.254.169.254/latest' }),
			"the link does not lead to Tally's storage",
		],
	])('if it %s', async (_how, prepare, entry, reason) => {
		prepare();
		const { files, binary } = await itemWith([entry]);
		expect(files).toEqual([expect.objectContaining({ url: entry.url, note: `Not downloaded: ${reason}` })]);
		expect(files[0]).not.toHaveProperty('binary');
		expect(binary).toEqual({});
	});

	it('if Tally would not wait for it', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
		nock(STORAGE)
			.get(/.*/)
			.query(true)
			.reply(200, () => new PassThrough());
		const { files } = await itemWith([file('a')]);
		expect(files[0]).toMatchObject({ note: 'Not downloaded: it took longer than 7 seconds' });
		timeout.mockRestore();
	});

	it('without harm to the others', async () => {
		nock(STORAGE).get('/private/b').query(true).reply(200, 'hello');
		const { files, binary } = await itemWith([file('a', { url: 'https://example.com/a' }), 'odd', file('b')]);
		expect(files).toEqual([
			expect.objectContaining({ note: expect.any(String) as string }),
			'odd',
			expect.objectContaining({ binary: 'file_1' }),
		]);
		expect(Object.keys(binary)).toEqual(['file_1']);
	});
});

it('are none where nothing was uploaded', async () => {
	expect(await itemWith(null)).toEqual({ files: [], binary: {} });
});
