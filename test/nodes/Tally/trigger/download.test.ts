import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../../../../nodes/shared/guards';
import { questionsOf } from '../../../../nodes/Tally/submission/fields';
import type { Question } from '../../../../nodes/Tally/submission/question';
import { downloadFiles } from '../../../../nodes/Tally/trigger/download';
import { turn } from '../../../support/turn';
import { bodyWith, submissionIn } from '../deliveries';

const MEGABYTE = 1024 * 1024;
const never = new Promise<never>(() => undefined);

interface World {
	/** What the storage sends for a link; default 5 bytes. */
	fetch?: (url: string) => Promise<Buffer>;
	store?: (content: Buffer, name?: string) => Promise<unknown>;
	credential?: () => Promise<object>;
}

/** A body as n8n streams it: once it is destroyed, reading it fails. */
function bodyOf(content: AsyncGenerator<Buffer>) {
	let destroy = (): void => undefined;
	const destroyed = new Promise<never>((_resolve, reject) => (destroy = () => reject(new Error('destroyed'))));
	destroyed.catch(() => undefined);
	async function* reading() {
		for (;;) {
			const next = await Promise.race([content.next(), destroyed]);
			if (next.done) return;
			yield next.value;
		}
	}
	return Object.assign(reading(), { destroy });
}

/** n8n and Tally's storage; `asked` has the links that were fetched, `atOnce` the most that were at a time. */
function n8nWith({ fetch, store, credential }: World = {}) {
	const seen = {
		asked: [] as string[],
		atOnce: 0,
		stored: [] as Array<string | undefined>,
		types: [] as Array<string | undefined>,
	};
	let open = 0;
	async function* streamed(url: string) {
		seen.atOnce = Math.max(seen.atOnce, ++open);
		const content = (await fetch?.(url)) ?? Buffer.from('hello');
		open--;
		yield content;
	}
	const context = {
		getCredentials: credential ?? (() => Promise.resolve({ baseUrl: 'https://api.tally.so', apiKey: 'tly-test' })),
		helpers: {
			httpRequest: ({ url }: IHttpRequestOptions) => {
				seen.asked.push(url);
				return Promise.resolve({ statusCode: 200, headers: {}, body: bodyOf(streamed(url)) });
			},
			prepareBinaryData: async (content: Buffer, fileName?: string, mimeType?: string) => {
				seen.stored.push(fileName);
				seen.types.push(mimeType);
				return (await store?.(content, fileName)) ?? { data: String(content.length), fileName, mimeType: 'text/plain' };
			},
		},
	};
	return { context: context as unknown as IWebhookFunctions, seen };
}

function file(name: string, more: object = {}): Record<string, unknown> {
	return { name, url: `https://storage.tally.so/private/${name}`, mimeType: 'text/plain', size: 5, ...more };
}

function uploads(...files: unknown[]): Question[] {
	const { fields } = submissionIn(bodyWith([{ key: 'question_u', label: 'CV', type: 'FILE_UPLOAD', value: files }]));
	return questionsOf(fields);
}

/** Where each file is, or why it is nowhere; and the binary fields. */
async function outcomesOf(context: IWebhookFunctions, questions: Question[]) {
	const { questions: told, binary } = await downloadFiles(context, questions, 'file_', performance.now());
	const entries = told.flatMap(({ answer }) => (Array.isArray(answer) ? answer : []));
	return {
		files: entries.map((entry) => (isRecord(entry) ? (entry.binary ?? entry.note) : entry)),
		binary: Object.keys(binary),
	};
}

const numbered = (count: number, more: object = {}) =>
	Array.from({ length: count }, (_, index) => file(String(index), more));

afterEach(() => jest.restoreAllMocks());

/** Time is up as soon as nothing else is to be done. */
function hurry(): void {
	jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
		const controller = new AbortController();
		void turn().then(() => controller.abort());
		return controller.signal;
	});
}

it('a link is fetched once, however often it is listed', async () => {
	const { context, seen } = n8nWith();
	const files = Array.from({ length: 60 }, () => file('a'));
	expect(await outcomesOf(context, uploads(...files, file('b')))).toEqual({
		files: [...Array<string>(60).fill('file_0'), 'file_60'],
		binary: ['file_0', 'file_60'],
	});
	expect(seen.asked).toEqual([files[0]?.url, file('b').url]);
});

it('three are fetched at a time', async () => {
	const { context, seen } = n8nWith({
		fetch: async () => {
			await turn();
			return Buffer.from('hello');
		},
	});
	const { binary } = await outcomesOf(context, uploads(...numbered(20)));
	expect(binary).toHaveLength(20);
	expect(seen.atOnce).toBe(3);
});

it('more than 50 are left where they are', async () => {
	const { context, seen } = n8nWith();
	const { files, binary } = await outcomesOf(context, uploads(...numbered(60)));
	expect(binary).toHaveLength(50);
	expect(seen.asked).toHaveLength(50);
	expect(new Set(files.slice(50))).toEqual(new Set(['Not downloaded: the submission has more than 50 files']));
});

it.each([
	['whatever their size is said to be', 5],
	['by their size, without fetching them', 20 * MEGABYTE],
])('no more than 100 MB are fetched for a submission, %s', async (_how, size) => {
	const content = Buffer.alloc(20 * MEGABYTE);
	const { context, seen } = n8nWith({ fetch: () => Promise.resolve(content) });
	const { files, binary } = await outcomesOf(context, uploads(...numbered(7, { size })));
	expect(binary).toHaveLength(5);
	const late = files.filter((outcome) => typeof outcome === 'string' && !binary.includes(outcome));
	expect(new Set(late)).toEqual(
		new Set(['Not downloaded: the files of this submission are larger than 100 MB together']),
	);
	if (size > 5) expect(seen.asked.length).toBeLessThan(7);
});

it('what could not be kept leaves its room to others', async () => {
	const { context } = n8nWith({
		fetch: (url) => Promise.resolve(Buffer.alloc((url.endsWith('5') ? 20 : 26) * MEGABYTE)),
	});
	const { binary } = await outcomesOf(context, uploads(...numbered(6)));
	expect(binary).toEqual(['file_5']);
});

it.each<[string, World, string]>([
	[
		'n8n’s store is full',
		{ store: () => Promise.reject(new Error('ENOSPC: no space left on device, write')) },
		'n8n could not store it',
	],
	['n8n’s store hangs', { store: () => never }, 'it took longer than 7 seconds'],
	['the storage hangs', { fetch: () => never }, 'it took longer than 7 seconds'],
	[
		'the credential can not be read',
		{ credential: () => Promise.reject(new Error('gone')) },
		'the Tally credential can not be read',
	],
	['the credential is not handed out', { credential: () => never }, 'the Tally credential can not be read'],
])('a file gets a note with its link where %s', async (_what, world, reason) => {
	if (reason.includes('longer') || world.credential !== undefined) hurry();
	const { context } = n8nWith(world);
	expect(await outcomesOf(context, uploads(file('a'), file('b')))).toEqual({
		files: [`Not downloaded: ${reason}`, `Not downloaded: ${reason}`],
		binary: [],
	});
});

it('one that can not be stored does no harm to the others', async () => {
	const { context } = n8nWith({
		store: (_content, name) => (name === 'a' ? Promise.reject(new Error('EIO')) : Promise.resolve(undefined)),
	});
	expect(await outcomesOf(context, uploads(file('a'), file('b')))).toEqual({
		files: ['Not downloaded: n8n could not store it', 'file_1'],
		binary: ['file_1'],
	});
});

it('a name that no store takes is shortened', async () => {
	const { context, seen } = n8nWith();
	await outcomesOf(context, uploads(file('x', { name: `${'a'.repeat(300)}.pdf` }), file('y', { name: 7 })));
	expect(seen.stored).toEqual([`${'a'.repeat(251)}.pdf`, undefined]);
});

it.each([
	['image/svg+xml', 'image/svg+xml'],
	['text/plain; charset=utf-8', 'text/plain; charset=utf-8'],
	['text/html\r\nSet-Cookie: a=b', undefined],
	['a'.repeat(100_000), undefined],
	['nothing', undefined],
	[7, undefined],
	['', undefined],
])('of the type %j n8n is told %j', async (mimeType, told) => {
	const { context, seen } = n8nWith();
	await outcomesOf(context, uploads(file('a', { mimeType })));
	expect(seen.types).toEqual([told]);
});

it.each([
	['-1', -1],
	['nothing', undefined],
	['zero', 0],
	['an object', {}],
	['not a number', 'huge'],
])('a size that says %s is not believed', async (_what, size) => {
	const { context } = n8nWith({ fetch: () => Promise.resolve(Buffer.alloc(26 * MEGABYTE)) });
	expect(await outcomesOf(context, uploads(file('a', { size })))).toEqual({
		files: ['Not downloaded: it is larger than 25 MB'],
		binary: [],
	});
});

it.each([1e308, '1e308', 26 * MEGABYTE])('a size of %j is too large without asking', async (size) => {
	const { context, seen } = n8nWith();
	expect((await outcomesOf(context, uploads(file('a', { size })))).binary).toEqual([]);
	expect(seen.asked).toEqual([]);
});

it('an empty file is one', async () => {
	const { context } = n8nWith({ fetch: () => Promise.resolve(Buffer.alloc(0)) });
	expect((await outcomesOf(context, uploads(file('a', { size: 0 })))).binary).toEqual(['file_0']);
});

it('what came before counts: no time is left for files', async () => {
	const { context, seen } = n8nWith({ fetch: () => never });
	const questions = uploads(file('a'));
	const told = await downloadFiles(context, questions, 'file_', performance.now() - 7_000);
	expect(JSON.stringify(told.questions)).toContain('Not downloaded: ');
	expect(told.binary).toEqual({});
	expect(seen.stored).toEqual([]);
});
