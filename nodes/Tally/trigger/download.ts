import type { IBinaryData, IBinaryKeyData, IN8nHttpFullResponse, IWebhookFunctions } from 'n8n-workflow';

import { filledText, isRecord, numberIn } from '../../shared/guards';
import { holdsFiles } from '../submission/answers';
import type { Answer, Question } from '../submission/question';
import { baseUrlOf } from '../transport/credential';
import { isTallyStorage } from './storage';

/** Larger files stay where they are; n8n would hold them in memory. */
const MAX_BYTES = 25 * 1024 * 1024;

/** Tally waits 10 seconds for the answer to a delivery: all files together get less. */
const MAX_SECONDS = 7;

type FileEntry = { [name: string]: Answer; url: string };

/** A file's entry in the answers, which says how it went, and the file if it is there. */
interface Outcome {
	entry: FileEntry;
	binary: Array<[field: string, data: IBinaryData]>;
}

/** The part of a streamed body that is needed here. */
interface Body extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/**
 * Fetches the uploaded files and signatures of a submission, all at once. Each file's entry in
 * the answers gets `binary`, the name of its binary field, or, if it could not be fetched,
 * `note`, the reason: trouble with a file is no reason to lose the submission.
 *
 * @param prefix how the names of the binary fields begin; a number from 0 follows
 */
export async function downloadFiles(
	context: IWebhookFunctions,
	questions: readonly Question[],
	prefix: string,
): Promise<{ questions: Question[]; binary: IBinaryKeyData }> {
	const files = questions.flatMap(filesOf);
	const baseUrl = await baseUrlOf(context);
	const deadline = AbortSignal.timeout(MAX_SECONDS * 1000);
	const outcomes = new Map(
		await Promise.all(
			files.map(async (file, index): Promise<[Answer, Outcome]> => {
				const content = isTallyStorage(file.url, baseUrl)
					? await fetchFile(context, file, deadline)
					: "the link does not lead to Tally's storage";
				return [file, await outcomeOf(context, file, `${prefix}${index}`, content)];
			}),
		),
	);
	return {
		questions: questions.map((question) => ({
			...question,
			answer: Array.isArray(question.answer)
				? question.answer.map((entry) => outcomes.get(entry)?.entry ?? entry)
				: question.answer,
		})),
		binary: Object.fromEntries([...outcomes.values()].flatMap(({ binary }) => binary)),
	};
}

function filesOf({ type, answer }: Question): FileEntry[] {
	if (!holdsFiles(type) || !Array.isArray(answer)) return [];
	return answer.filter((entry): entry is FileEntry => isRecord(entry) && typeof entry.url === 'string');
}

async function outcomeOf(
	context: IWebhookFunctions,
	file: FileEntry,
	field: string,
	content: Buffer | string,
): Promise<Outcome> {
	if (typeof content === 'string') {
		return { entry: { ...file, note: `Not downloaded: ${content}` }, binary: [] };
	}
	const data = await context.helpers.prepareBinaryData(content, filledText(file.name), filledText(file.mimeType));
	return { entry: { ...file, binary: field }, binary: [[field, data]] };
}

/** The bytes of a file, or why there are none. */
async function fetchFile(
	context: IWebhookFunctions,
	{ url, size }: FileEntry,
	deadline: AbortSignal,
): Promise<Buffer | string> {
	const tooLarge = `it is larger than ${MAX_BYTES / 1024 / 1024} MB`;
	if (numberIn(size) > MAX_BYTES) return tooLarge;
	try {
		const response = (await context.helpers.httpRequest({
			method: 'GET',
			// As it was checked: another reader of addresses might see another host in it.
			url: new URL(url).href,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: deadline,
		})) as IN8nHttpFullResponse;
		const body = response.body as unknown as Body;
		if (response.statusCode !== 200) {
			body.destroy();
			return `Tally's storage answered with status ${response.statusCode}`;
		}
		return (await readAtMost(MAX_BYTES, body)) ?? tooLarge;
	} catch {
		return deadline.aborted ? `it took longer than ${MAX_SECONDS} seconds` : 'the connection broke';
	}
}

/** The whole body, or nothing if there is more than that; the rest is not read then. */
async function readAtMost(limit: number, body: Body): Promise<Buffer | undefined> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of body) {
		length += chunk.length;
		if (length > limit) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
