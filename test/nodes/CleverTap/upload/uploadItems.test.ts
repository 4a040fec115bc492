import type { IExecuteFunctions, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';

import { readUploadOptions } from '../../../../nodes/CleverTap/parameters/uploadOptions';
import type { UploadRecord } from '../../../../nodes/CleverTap/result/record';
import type { Prepared } from '../../../../nodes/CleverTap/upload/preparedItem';
import { uploadItems } from '../../../../nodes/CleverTap/upload/uploadItems';
import { ItemError } from '../../../../nodes/shared/itemError';
import { fakeNode } from '../../../support/fakeNode';
import { turn } from '../../../support/turn';

interface Round {
	readonly people: readonly string[];
	readonly typeVersion?: number;
	readonly options?: object;
	readonly mode?: string;
}

/** The tries of one round: how each ends, and what CleverTap was asked for. It refuses whoever is in trouble. */
function roundOf({ people, typeVersion = 2, options = {}, mode = 'trigger' }: Round) {
	const asked: string[] = [];
	const trouble = new Set<string>();
	const hints: NodeExecutionHint[] = [];
	const items = people.map((id) => ({ json: { id } }));
	const round = {};
	const parameters = { options };
	const plain = fakeNode({ parameters, typeVersion, onError: 'continueRegularOutput' });
	const context = Object.assign(plain, {
		getNode: () => ({ typeVersion, retryOnFail: true, onError: 'continueRegularOutput' }),
		getInputData: () => items,
		getExecuteData: () => round,
		getMode: () => mode,
		getWorkflow: () => ({ id: mode }),
		addExecutionHints: (...shown: NodeExecutionHint[]) => void hints.push(...shown),
		getCredentials: () => Promise.resolve({ region: 'in1' }),
		helpers: {
			httpRequestWithAuthentication(_type: string, { body }: { body: Buffer }) {
				const { d } = JSON.parse(body.toString()) as { d: UploadRecord[] };
				asked.push(...d.map(({ identity = '', type }) => `${type} ${identity}`));
				const unprocessed = d.flatMap(({ identity = '', type }, index) =>
					trouble.has(`${type} ${identity}`)
						? [{ code: 555, error: `Trouble. Skipped record number : ${index + 1}` }]
						: [],
				);
				const status = unprocessed.length === 0 ? 'success' : 'partial';
				return Promise.resolve({ statusCode: 200, headers: {}, body: { status, unprocessed } });
			},
		},
	}) as unknown as IExecuteFunctions;
	const tryOnce = async (more: (id: string) => Partial<Prepared> = () => ({})): Promise<INodeExecutionData[]> =>
		await uploadItems(context, readUploadOptions(context), (item) => {
			const identity = people[item] ?? '';
			return {
				item,
				user: identity,
				output: { status: 'accepted', sent: 'event and profile', identity },
				adjusted: [],
				records: [
					{ identity, type: 'profile', profileData: {} },
					{ identity, type: 'event', evtName: 'Rated', evtData: {} },
				],
				...more(identity),
			};
		});
	return { context, asked, trouble, hints, tryOnce };
}

const said = (items: readonly INodeExecutionData[]) => items.map(({ json }) => json.cleverTap ?? json.details);

describe('another try of n8n', () => {
	it('has the outcome of the one that stored the item, whatever its expressions give now', async () => {
		const { asked, trouble, tryOnce } = roundOf({ people: ['ada', 'eve', 'bob'] });
		trouble.add('event bob');
		await tryOnce((id) => ({ adjusted: [`first of ${id}`] }));
		asked.length = 0;
		trouble.clear();
		const later = await tryOnce((id) => {
			if (id === 'eve') throw new ItemError('Nobody is there any more', 'Look.');
			return { adjusted: [`second of ${id}`], output: { status: 'accepted', sent: 'nothing', identity: 'x' } };
		});
		expect(asked).toEqual(['event bob']);
		const accepted = { status: 'accepted', sent: 'event and profile' };
		expect(said(later)).toEqual([
			{ ...accepted, identity: 'ada', adjusted: ['first of ada'] },
			{ ...accepted, identity: 'eve', adjusted: ['first of eve'] },
			// Its profile was stored by the first one.
			{ ...accepted, identity: 'bob', adjusted: ['first of bob'] },
		]);
	});

	it('shows the records that were stored', async () => {
		const { tryOnce } = roundOf({ people: ['ada'], options: { includeRecord: true } });
		const [first] = said(await tryOnce());
		const records: UploadRecord[] = [{ identity: 'other', type: 'event', evtName: 'Rated', evtData: {} }];
		expect(said(await tryOnce(() => ({ records })))).toEqual([first]);
		expect(first).toMatchObject({ records: [{ type: 'profile' }, { type: 'event' }] });
	});

	it('refuses what could not be made of an item before, too', async () => {
		const { asked, tryOnce } = roundOf({ people: ['ada'] });
		const failing = () => {
			throw new ItemError('Nobody', 'Look.');
		};
		await tryOnce(failing);
		expect(said(await tryOnce(failing))).toEqual([{ status: 'refused', reason: 'Nobody', advice: 'Look.' }]);
		expect(asked).toEqual([]);
	});
});

describe('what stands above the output', () => {
	it('tells what a run by hand has stored, of all its tries', async () => {
		const { trouble, hints, tryOnce } = roundOf({ people: ['ada', 'bob'], mode: 'manual' });
		trouble.add('event bob');
		await tryOnce();
		expect(hints.splice(0)).toMatchObject([{ message: expect.stringContaining('2 profiles and 1 event') as string }]);
		trouble.clear();
		await tryOnce();
		expect(hints).toMatchObject([{ message: expect.stringContaining('2 profiles and 2 events') as string }]);
	});

	it.each([
		['a run of a trigger', { people: ['ada'] }],
		['a dry run', { people: ['ada'], mode: 'manual', options: { dryRun: true } }],
	])('is nothing for %s', async (_, round) => {
		const { hints, tryOnce } = roundOf(round);
		await tryOnce();
		expect(hints).toEqual([]);
	});

	it('tells of items that went out with nothing, and only of those', async () => {
		const { trouble, hints, tryOnce } = roundOf({ people: ['ada', 'bob', 'eve'] });
		trouble.add('event bob');
		await tryOnce((id) => ({ isBare: id !== 'eve' }));
		expect(hints.splice(0)).toMatchObject([{ message: expect.stringContaining('in 1 of 3 items') as string }]);
		trouble.clear();
		// As it was when they were stored.
		await tryOnce(() => ({ isBare: false }));
		expect(hints).toMatchObject([{ message: expect.stringContaining('in 2 of 3 items') as string }]);
	});
});

describe('a run with an Upload Once Key', () => {
	/** A run whose upload is done and whose store does not answer any more; whether it ends all the same. */
	async function endsUnnoted(mode: string): Promise<boolean> {
		const { context, tryOnce } = roundOf({ people: ['ada'], mode, options: { uploadOnceKey: 'k' } });
		let answer: (() => void) | undefined;
		let calls = 0;
		Object.assign(context.helpers, {
			checkProcessedAndRecord: async (marks: string[]) => {
				if (calls++ > 0) await new Promise<void>((resolve) => (answer = resolve));
				return { new: marks, processed: calls === 1 ? [] : marks };
			},
			removeProcessed: () => Promise.resolve(),
		});
		let isOver = false;
		const run = tryOnce(() => ({ onceKey: `key of ${mode}` })).then(() => (isOver = true));
		while (calls < 2) await turn();
		await turn();
		const isOverUnnoted = isOver;
		answer?.();
		await run;
		return isOverUnnoted;
	}

	it.each(['webhook', 'trigger'])(
		'does not wait until it is noted, in a process that serves others: %s',
		async (mode) => {
			expect(await endsUnnoted(mode)).toBe(true);
		},
	);

	it.each(['cli', 'manual', 'retry', 'integrated'])(
		'waits for that where the process may end with it: %s',
		async (mode) => {
			expect(await endsUnnoted(mode)).toBe(false);
		},
	);
});
