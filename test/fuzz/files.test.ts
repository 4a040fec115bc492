import fc from 'fast-check';
import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../../nodes/shared/guards';
import { readDelivery } from '../../nodes/Tally/submission/delivery';
import { questionsOf } from '../../nodes/Tally/submission/fields';
import { downloadFiles } from '../../nodes/Tally/trigger/download';
import { bodyWith, bytesOf } from '../nodes/Tally/deliveries';
import { fuzz, unless } from '../support/fuzz';
import { like } from './json';
import { oddities } from './wrong';

const file = (name: string) => ({
	id: name,
	name,
	url: `https://storage.tally.so/private/${name}?id=1`,
	mimeType: 'text/plain',
	size: 3,
});
const delivery = JSON.stringify(
	bodyWith([
		{ key: 'question_a', label: 'CV', type: 'FILE_UPLOAD', value: [file('a.txt'), file('b.txt')] },
		{ key: 'question_b', label: 'Sign', type: 'SIGNATURE', value: [file('c.png')] },
		{ key: 'question_c', label: 'Name', type: 'INPUT_TEXT', value: 'Ada' },
	]),
);

/** What the storage answers: bytes in pieces, of which one may be the last before the connection breaks. */
const answer = fc.record({
	status: fc.oneof(fc.constant(200), fc.integer({ min: 100, max: 599 })),
	pieces: fc.array(fc.constantFrom(0, 1, 1_000, 13 * 1024 * 1024), { maxLength: 4 }),
	breaksAfter: fc.option(fc.nat(4), { nil: undefined }),
	isSilent: fc.boolean(),
});
const piece = Buffer.alloc(13 * 1024 * 1024);

/** n8n, and a storage that answers so in turn; `asked` has every address that was fetched. */
function n8nWith(answers: ReadonlyArray<typeof answer extends fc.Arbitrary<infer T> ? T : never>) {
	const asked: string[] = [];
	async function* streamed({ pieces, breaksAfter }: (typeof answers)[number]) {
		for (const [index, size] of pieces.entries()) {
			if (index === breaksAfter) throw new Error('ECONNRESET');
			yield await Promise.resolve(piece.subarray(0, size));
		}
	}
	const context = {
		getCredentials: () => Promise.resolve({ baseUrl: 'https://api.tally.so' }),
		helpers: {
			httpRequest: ({ url }: IHttpRequestOptions) => {
				const given = answers[asked.length % answers.length];
				asked.push(url);
				if (given === undefined || given.isSilent) return Promise.reject(new Error('No answer'));
				const body = Object.assign(streamed(given), { destroy: () => undefined });
				return Promise.resolve({ statusCode: given.status, headers: {}, body });
			},
			prepareBinaryData: (content: Buffer, fileName?: string, mimeType?: string) =>
				Promise.resolve({ data: String(content.length), fileName, mimeType: mimeType ?? '' }),
		},
	};
	return { context: context as unknown as IWebhookFunctions, asked };
}

fuzz(
	'Files are fetched from Tally’s storage alone, and each says how that went, whatever the delivery and the storage hold',
	fc.record({ sent: like(delivery), answers: fc.array(answer, { minLength: 1, maxLength: 3 }) }),
	async ({ sent, answers }) => {
		const read = readDelivery(bytesOf(JSON.stringify(sent)));
		if (read.kind !== 'submission') return [];
		const before = questionsOf(read.submission.fields);
		const { context, asked } = n8nWith(answers);
		const { questions, binary } = await downloadFiles(context, before, 'file_', performance.now());
		const entries = questions
			.filter(({ type }) => type === 'FILE_UPLOAD' || type === 'SIGNATURE')
			.flatMap(({ answer: held }) => (Array.isArray(held) ? held : []))
			.filter((entry) => isRecord(entry) && typeof entry.url === 'string' && 'mimeType' in entry && 'size' in entry);
		const told = entries.filter(
			(entry) => isRecord(entry) && (typeof entry.binary === 'string') !== (typeof entry.note === 'string'),
		);
		const sizes = Object.values(binary).map(({ data }) => Number(data));
		return [
			...oddities(questions),
			...asked.flatMap((url) => unless(url.startsWith('https://storage.'), `It fetches ${url}`)),
			...unless(questions.length === before.length, 'A question is lost'),
			...unless(told.length === entries.length, `Of ${entries.length} files ${told.length} say how it went`),
			...unless(
				told.every((entry) => isRecord(entry) && (typeof entry.binary !== 'string' || entry.binary in binary)),
				'A file is not where it is said to be',
			),
			...unless(
				sizes.every((size) => size <= 25 * 1024 * 1024),
				`A file has ${Math.max(...sizes)} bytes`,
			),
		];
	},
);
