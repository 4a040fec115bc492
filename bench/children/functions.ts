import { fromSources } from '../package';
import { customerItems } from '../profiles';
import { interleave, type Rounds } from '../rounds';
import { signed, submissionBody } from '../submissions';
import { work } from './child';
import { triggerOf } from './trigger';

export interface FunctionsTask extends Rounds {
	/** Folder of the unpacked package. */
	readonly folder: string;
}

/** Nanoseconds a call, of ours and of reading the same bytes, and what a call handles. */
export interface FunctionFigures {
	readonly what: string;
	readonly ours: number[];
	readonly parse: number[];
	/** How many fields or records a call handles. */
	readonly count: number;
	readonly each: 'field' | 'record';
}

/** Long enough for the clock, short enough for many rounds. */
const SLICE_MS = 60;
const RECORDS = 1000;
const REFUSED = 100;
const SECRET = 'a'.repeat(64);

work(async ({ folder, ...rounds }: FunctionsTask): Promise<FunctionFigures[]> => {
	const { verify, toItem } = triggerOf(folder);
	const { fitProperties } = fromSources<typeof import('../../nodes/CleverTap/properties/fit')>(
		folder,
		'nodes/CleverTap/properties/fit',
	);
	const { fromInput } = fromSources<typeof import('../../nodes/CleverTap/parameters/properties')>(
		folder,
		'nodes/CleverTap/parameters/properties',
	);
	const { verdictsOf } = fromSources<typeof import('../../nodes/CleverTap/upload/reply')>(
		folder,
		'nodes/CleverTap/upload/reply',
	);

	const figures: FunctionFigures[] = [];
	const measure = async (
		named: Pick<FunctionFigures, 'what' | 'count' | 'each'>,
		ours: () => unknown,
		text: string | Buffer,
	): Promise<void> => {
		const parse = (): unknown => JSON.parse(text.toString());
		const samples = await interleave({ ours: slice(ours), parse: slice(parse) }, rounds);
		figures.push({ ...named, ...samples });
	};

	for (const kilobytes of [5, 60]) {
		const body = submissionBody('GxdRaQ', kilobytes * 1000);
		const signature = signed(body, SECRET)['tally-signature'];
		const { data } = JSON.parse(body.toString()) as { data: { fields: unknown[] } };
		const of = (what: string) => ({
			what: `${what}, ${kilobytes} kB`,
			count: data.fields.length,
			each: 'field' as const,
		});
		await measure(of('signature'), () => verify(SECRET, body, signature), body);
		await measure(of('submission to item'), () => toItem(body), body);
		await measure(of('signature and submission to item'), () => [verify(SECRET, body, signature), toItem(body)], body);
	}

	const items = customerItems(RECORDS).map(({ json }) => json);
	const fit = {
		target: 'profile',
		rules: 2,
		listSeparator: ', ',
		matchStandardProperties: true,
		onTooLong: 'shorten',
		onBadStandardProperty: 'refuse',
	} as const;
	await measure(
		{ what: 'item to record', count: RECORDS, each: 'record' },
		() => items.map((json) => fitProperties(fromInput(json), fit)),
		JSON.stringify(items),
	);

	const reply = JSON.stringify({
		status: 'partial',
		processed: RECORDS - REFUSED,
		unprocessed: Array.from({ length: REFUSED }, (_, number) => ({
			status: 'fail',
			code: 515,
			error: `Profile data is incorrect. Email is not valid.Skipped record number : ${number * 10 + 1}`,
			record: items[number * 10],
		})),
	});
	const parsed: unknown = JSON.parse(reply);
	await measure(
		{ what: 'reply to verdicts', count: RECORDS, each: 'record' },
		() => verdictsOf(parsed, RECORDS),
		reply,
	);
	return figures;
});

/** Calls again and again for a while; gives nanoseconds a call, of this thread's own time. */
function slice(call: () => unknown): () => Promise<number> {
	return () => {
		const start = performance.now();
		const before = process.threadCpuUsage();
		let calls = 0;
		do {
			call();
			calls++;
		} while (performance.now() - start < SLICE_MS);
		const { user, system } = process.threadCpuUsage(before);
		return Promise.resolve(((user + system) * 1000) / calls);
	};
}
