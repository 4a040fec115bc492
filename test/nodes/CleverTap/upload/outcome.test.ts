import { NodeApiError, type IDataObject, type IExecuteFunctions, type INode, type OnError } from 'n8n-workflow';

import { itemsOrError } from '../../../../nodes/CleverTap/upload/outcome';
import type { UploadRecord } from '../../../../nodes/CleverTap/result/record';
import { ACCEPTED, refused, skipped, unknown, type Verdict } from '../../../../nodes/CleverTap/result/verdict';

const noEmail = refused('Email no. 5 is not valid.', 'Check the Email of this item.', 515);
const noAnswer = unknown('The connection broke', 'Look in CleverTap first.');

/** What the node does with these verdicts; every item has a field `in` and was sent to a user of its own. */
function outputOf(
	verdicts: readonly Verdict[],
	{
		onError = 'stopWorkflow',
		dryRun = false,
		rules = 1,
		output = 'outcome',
		adjusted = [] as string[],
		unsent = undefined as number | undefined,
		sent = undefined as string | undefined,
		records = undefined as UploadRecord[] | undefined,
	}: {
		onError?: OnError;
		dryRun?: boolean;
		rules?: 1 | 2;
		output?: 'item' | 'outcome';
		adjusted?: string[];
		unsent?: number;
		sent?: string;
		records?: UploadRecord[];
	} = {},
) {
	const context: Partial<IExecuteFunctions> = {
		getInputData: () => verdicts.map((_, item) => ({ json: { in: item } })),
		continueOnFail: () => onError !== 'stopWorkflow',
		getNode: () => ({ name: 'CleverTap', type: 'cleverTap', onError }) as INode,
	};
	const outcomes = {
		verdicts,
		outputs: verdicts.map((_, item) =>
			item === unsent ? undefined : { ...ACCEPTED, ...(sent === undefined ? {} : { sent }), identity: `user-${item}` },
		),
		adjusted: new Map(adjusted.length > 0 ? verdicts.map((_, item) => [item, adjusted]) : []),
		...(records === undefined ? {} : { records: new Map(verdicts.map((_, item) => [item, records])) }),
	};
	return itemsOrError(context as IExecuteFunctions, outcomes, { rules, dryRun, output });
}

/** The error that a run with these verdicts ends with. */
function errorOf(verdicts: readonly Verdict[]): NodeApiError {
	let thrown: unknown = 'nothing';
	try {
		outputOf(verdicts);
	} catch (error) {
		thrown = error;
	}
	if (thrown instanceof NodeApiError) return thrown;
	throw new Error(`the run ended with ${String(thrown)}`);
}

describe('a run in which all went well', () => {
	it('says of every item how it ended and what was sent, paired with its input', () => {
		expect(outputOf([ACCEPTED, skipped('Uploaded before')])).toEqual([
			{ json: { status: 'accepted', identity: 'user-0' }, pairedItem: { item: 0 } },
			{ json: { status: 'skipped', reason: 'Uploaded before', identity: 'user-1' }, pairedItem: { item: 1 } },
		]);
	});

	it('says what was adjusted', () => {
		expect(outputOf([ACCEPTED], { adjusted: ['"A" was shortened'] })[0]?.json).toEqual({
			status: 'accepted',
			identity: 'user-0',
			adjusted: ['"A" was shortened'],
		});
	});

	it('calls the records of a dry run valid, not accepted', () => {
		expect(outputOf([ACCEPTED], { dryRun: true })[0]?.json).toEqual({ status: 'valid', identity: 'user-0' });
	});
});

describe('items that failed', () => {
	const verdicts = [ACCEPTED, noEmail, noAnswer];
	const details = { ...noEmail, identity: 'user-1', adjusted: ['note'] };

	it('have nothing but error and details where n8n moves them to the error output', () => {
		const [accepted, failed] = outputOf(verdicts, { onError: 'continueErrorOutput', adjusted: ['note'] });
		expect(accepted?.json).toMatchObject({ status: 'accepted' });
		expect(failed).toEqual({ json: { error: '515: Email no. 5 is not valid.', details }, pairedItem: { item: 1 } });
	});

	it('keep their fields beside error and details in the one output', () => {
		const output = outputOf(verdicts, { onError: 'continueRegularOutput', adjusted: ['note'] });
		expect(output.map(({ json }) => json)).toMatchObject([
			{ status: 'accepted' },
			{ in: 1, error: '515: Email no. 5 is not valid.', details },
			{ in: 2, error: 'The connection broke', details: { status: 'unknown', advice: 'Look in CleverTap first.' } },
		]);
	});

	it('for which no record could be made say only why', () => {
		const [failed] = outputOf([noEmail], { onError: 'continueErrorOutput', unsent: 0 });
		expect(failed?.json.details).toEqual({ ...noEmail });
	});

	it('say nothing of adjustments where there were none', () => {
		const [failed] = outputOf([noEmail], { onError: 'continueErrorOutput' });
		expect(failed?.json.details).not.toHaveProperty('adjusted');
	});
});

describe('by the rules of version 2', () => {
	const both = 'event and profile';
	const told = (verdict: Verdict, more: { dryRun?: boolean; records?: UploadRecord[] } = {}) => {
		const [item] = outputOf([verdict], { rules: 2, sent: both, onError: 'continueErrorOutput', ...more });
		return (item?.json.details ?? item?.json) as IDataObject;
	};
	const profile: UploadRecord = { identity: 'user-0', type: 'profile', profileData: { Plan: 'Team' } };
	const event: UploadRecord = { identity: 'user-0', type: 'event', evtName: 'Rated', evtData: {} };

	it.each<[string, Verdict, boolean, string | undefined]>([
		['what CleverTap took', ACCEPTED, false, both],
		['what it only checked', ACCEPTED, true, undefined],
		['what it refused', noEmail, false, undefined],
		['of two records that which is stored', { ...noEmail, sent: 'profile' }, false, 'profile'],
		['what it only checked and refused', { ...noEmail, sent: 'profile' }, true, undefined],
		['nobody knows what', noAnswer, false, undefined],
		['what was there before', skipped('Uploaded before'), false, undefined],
		[
			'the profile of an event that was there before',
			{ ...skipped('Uploaded before'), sent: 'profile' },
			false,
			'profile',
		],
	])('"sent" is what is stored: %s', (_, verdict, dryRun, sent) => {
		expect(told(verdict, { dryRun }).sent).toBe(sent);
	});

	it.each<[string, Verdict, UploadRecord[] | undefined]>([
		['accepted', ACCEPTED, [profile, event]],
		['refused', noEmail, [profile, event]],
		['there before', skipped('Uploaded before'), undefined],
		['there before, but for the profile', { ...skipped('Uploaded before'), sent: 'profile' }, [profile]],
	])('records are shown where they are asked for: %s', (_, verdict, records) => {
		expect(told(verdict, { records: [profile, event] }).records).toEqual(records);
		expect(told(verdict)).not.toHaveProperty('records');
	});
});

describe('beside the fields of the item', () => {
	const options = { rules: 2, output: 'item' } as const;

	it('stands how it ended, in front', () => {
		const [item] = outputOf([ACCEPTED], options);
		expect(item).toEqual({
			json: { in: 0, cleverTap: { status: 'accepted', identity: 'user-0' } },
			pairedItem: { item: 0 },
		});
		expect(Object.keys(item?.json ?? {})).toEqual(['cleverTap', 'in']);
	});

	it('stand error and details of an item that failed, as n8n expects them', () => {
		const details = { ...noEmail, identity: 'user-0' };
		const failure = { error: '515: Email no. 5 is not valid.', details };
		const [alone] = outputOf([noEmail], { ...options, onError: 'continueErrorOutput' });
		expect(alone?.json).toEqual(failure);
		const [beside] = outputOf([noEmail], { ...options, onError: 'continueRegularOutput' });
		expect(beside?.json).toEqual({ in: 0, ...failure });
	});
});

describe('the error of a run', () => {
	it('is the item’s own where there is one item', () => {
		const error = errorOf([noEmail]);
		expect(error.message).toBe('515: Email no. 5 is not valid.');
		expect(error.description).toBe('Check the Email of this item.');
		expect(error.context.itemIndex).toBe(0);
	});

	it('names each refused item and says what became of the others', () => {
		const error = errorOf([ACCEPTED, noEmail, ACCEPTED, noEmail]);
		expect(error.message).toBe('CleverTap did not take 2 of 4 items');
		expect(error.description?.split('\n')).toEqual([
			'[Item 1] 515: Email no. 5 is not valid. Check the Email of this item.',
			'[Item 3] 515: Email no. 5 is not valid. Check the Email of this item.',
			expect.stringMatching(/^The other 2 went well\..*"Continue \(using error output\)"/),
		]);
		expect(error.context.itemIndex).toBe(1);
	});

	it.each<[string, Verdict[], string]>([
		['unknown ones', [noAnswer, noAnswer], 'The outcome of 2 of 2 items is unknown'],
		[
			'both',
			[noAnswer, noEmail, ACCEPTED],
			'CleverTap did not take 1 of 3 items; the outcome of 1 of 3 items is unknown',
		],
	])('tells refused items from unknown ones: %s', (_what, verdicts, message) => {
		expect(errorOf(verdicts).message).toBe(message);
	});

	it.each([
		[10, 10, undefined],
		[11, 10, '… and 1 more'],
		[25, 10, '… and 15 more'],
	])('of %i refused items names %i one by one', (count, named, rest) => {
		const lines = errorOf(Array.from({ length: count }, () => noEmail)).description?.split('\n') ?? [];
		expect(lines.filter((line) => line.startsWith('[Item '))).toHaveLength(named);
		expect(lines.slice(named)).toEqual(rest === undefined ? [] : [rest]);
	});
});
