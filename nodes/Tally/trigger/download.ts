import type {
	IBinaryData,
	IBinaryKeyData,
	IN8nHttpFullResponse,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { filledText, isRecord, numberIn } from '../../shared/guards';
import { holdsFiles } from '../submission/answers';
import type { Answer, Question } from '../submission/question';
import { baseUrlOf } from '../transport/credential';
import { fileNameThatFits } from './fileName';
import { isTallyStorage } from './storage';
import { within } from './within';

const MEGABYTE = 1024 * 1024;

/** Larger files stay where they are; n8n would hold them in memory. */
const MAX_BYTES = 25 * MEGABYTE;

/** All files of one submission. */
const MAX_BYTES_IN_ALL = 100 * MEGABYTE;
const MAX_FILES = 50;
const AT_A_TIME = 3;

/** Tally waits 10 seconds for the answer to a delivery: all that is done for its files together gets less. */
const MAX_SECONDS = 7;
const TOO_LATE = `it took longer than ${MAX_SECONDS} seconds`;

type FileEntry = { [name: string]: Answer; url: string };

/** What became of a file: it is in a binary field, or there is a reason why not. */
type Outcome = { binary: string; data: IBinaryData } | { reason: string };

/** What the files of a submission may still take. */
interface Budget {
	bytes: number;
	/** Ends all fetching. */
	timeUp: AbortSignal;
	/** Milliseconds until then. */
	timeLeft(): number;
}

/** The part of a streamed body that is needed here. */
interface Body extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/**
 * Fetches the uploaded files and signatures of a submission, a few at a time, each link once. Each file's entry in
 * the answers gets `binary`, the name of its binary field, or, if there is none, `note`, the reason: trouble with a
 * file is no reason to lose the submission.
 *
 * @param prefix how the names of the binary fields begin; a number from 0 follows
 * @param start when the submission arrived, by the clock of `performance.now()`
 */
export async function downloadFiles(
	context: ITriggerFunctions | IWebhookFunctions,
	questions: readonly Question[],
	prefix: string,
	start: number,
): Promise<{ questions: Question[]; binary: IBinaryKeyData }> {
	const timeLeft = () => Math.max(0, start + MAX_SECONDS * 1000 - performance.now());
	const budget: Budget = { bytes: MAX_BYTES_IN_ALL, timeUp: AbortSignal.timeout(Math.ceil(timeLeft())), timeLeft };
	const files = new Map<string, { file: FileEntry; field: string }>();
	const outcomes = new Map<string, Outcome>();
	for (const [index, file] of questions.flatMap(filesOf).entries()) {
		if (files.has(file.url)) continue;
		if (files.size < MAX_FILES) files.set(file.url, { file, field: `${prefix}${index}` });
		else outcomes.set(file.url, { reason: `the submission has more than ${MAX_FILES} files` });
	}
	// The workers share one iterator: each takes the next file that nobody has taken.
	const open = files.values();
	const work = async (baseUrl: string) => {
		for (const { file, field } of open) outcomes.set(file.url, await outcomeOf(context, file, field, baseUrl, budget));
	};
	const baseUrl = await within(timeLeft(), baseUrlOf(context)).catch(() => undefined);
	if (baseUrl !== undefined) await Promise.all(Array.from({ length: AT_A_TIME }, async () => await work(baseUrl)));

	const reasonForAll = baseUrl === undefined ? 'the Tally credential can not be read' : TOO_LATE;
	const told = (entry: Answer): Answer => {
		if (!isFile(entry)) return entry;
		const outcome = outcomes.get(entry.url) ?? { reason: reasonForAll };
		return 'reason' in outcome
			? { ...entry, note: `Not downloaded: ${outcome.reason}` }
			: { ...entry, binary: outcome.binary };
	};
	return {
		questions: questions.map((question) => ({
			...question,
			answer: holdsFiles(question.type) && Array.isArray(question.answer) ? question.answer.map(told) : question.answer,
		})),
		binary: Object.fromEntries(
			[...outcomes.values()].flatMap((outcome) => ('data' in outcome ? [[outcome.binary, outcome.data]] : [])),
		),
	};
}

function filesOf({ type, answer }: Question): FileEntry[] {
	return holdsFiles(type) && Array.isArray(answer) ? answer.filter(isFile) : [];
}

function isFile(entry: Answer): entry is FileEntry {
	return isRecord(entry) && typeof entry.url === 'string';
}

/** Fetches a file and hands it to n8n, whose store may be full or slow. */
async function outcomeOf(
	context: ITriggerFunctions | IWebhookFunctions,
	file: FileEntry,
	field: string,
	baseUrl: string,
	budget: Budget,
): Promise<Outcome> {
	const content = await contentOf(context, file, baseUrl, budget);
	if (typeof content === 'string') return { reason: content };
	const name = filledText(file.name);
	try {
		const data = await within(
			budget.timeLeft(),
			context.helpers.prepareBinaryData(
				content,
				name === undefined ? undefined : fileNameThatFits(name),
				mimeTypeOf(file),
			),
		);
		return data === undefined ? { reason: TOO_LATE } : { binary: field, data };
	} catch {
		return { reason: 'n8n could not store it' };
	}
}

/** What is no type n8n finds out by itself: browsers get it as a header. */
function mimeTypeOf({ mimeType }: FileEntry): string | undefined {
	return typeof mimeType === 'string' && MIME_TYPE.test(mimeType) ? mimeType : undefined;
}

const MIME_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(?:;[ \w!#$&^.+="-]{1,100})?$/;

/** The bytes of a file, or why there are none. */
async function contentOf(
	context: ITriggerFunctions | IWebhookFunctions,
	file: FileEntry,
	baseUrl: string,
	budget: Budget,
): Promise<Buffer | string> {
	if (!isTallyStorage(file.url, baseUrl)) return "the link does not lead to Tally's storage";
	if (budget.timeUp.aborted) return TOO_LATE;
	const size = numberIn(file.size);
	if (size > MAX_BYTES) return TOO_LARGE;
	if (size > budget.bytes) return TOO_LARGE_TOGETHER;
	return (await within(budget.timeLeft(), fetchFile(context, file.url, budget))) ?? TOO_LATE;
}

const TOO_LARGE = `it is larger than ${MAX_BYTES / MEGABYTE} MB`;
const TOO_LARGE_TOGETHER = `the files of this submission are larger than ${MAX_BYTES_IN_ALL / MEGABYTE} MB together`;

async function fetchFile(
	context: ITriggerFunctions | IWebhookFunctions,
	url: string,
	budget: Budget,
): Promise<Buffer | string> {
	try {
		const response = (await context.helpers.httpRequest({
			method: 'GET',
			// As it was checked: another reader of addresses might see another host in it.
			url: new URL(url).href,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: budget.timeUp,
		})) as IN8nHttpFullResponse;
		const body = response.body as unknown as Body;
		if (response.statusCode !== 200) {
			body.destroy();
			return `Tally's storage answered with status ${response.statusCode}`;
		}
		return await read(body, budget);
	} catch {
		return budget.timeUp.aborted ? TOO_LATE : 'the connection broke';
	}
}

/** The whole body, unless there is more of it than is left; the rest is not read then. */
async function read(body: Body, budget: Budget): Promise<Buffer | string> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	let isWhole = false;
	const stop = () => body.destroy();
	budget.timeUp.addEventListener('abort', stop, { once: true });
	try {
		for await (const chunk of body) {
			length += chunk.length;
			budget.bytes -= chunk.length;
			if (length <= MAX_BYTES && budget.bytes >= 0) {
				chunks.push(chunk);
				continue;
			}
			return length > MAX_BYTES ? TOO_LARGE : TOO_LARGE_TOGETHER;
		}
		isWhole = !budget.timeUp.aborted;
		return isWhole ? Buffer.concat(chunks) : TOO_LATE;
	} finally {
		budget.timeUp.removeEventListener('abort', stop);
		// What is not kept leaves room for others.
		if (!isWhole) budget.bytes += length;
	}
}
