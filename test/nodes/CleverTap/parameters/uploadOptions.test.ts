import { readUploadOptions, uploadOnceKeyReader } from '../../../../nodes/CleverTap/parameters/uploadOptions';
import { fakeNode } from '../../../support/fakeNode';
import { resultOf } from '../../../support/itemFailure';

const read = (options?: object) => readUploadOptions(fakeNode(options ? { parameters: { options } } : {}));

describe('the options of an upload', () => {
	it('have defaults', () => {
		expect(read()).toEqual({
			rules: 1,
			batchSize: 1000,
			concurrency: 3,
			dryRun: false,
			includeFileLinks: true,
			includeRecord: false,
			output: 'outcome',
			listSeparator: ', ',
			matchStandardProperties: true,
			onTooLong: 'shorten',
			onBadStandardProperty: 'refuse',
			unconfirmedEvents: 'fail',
			dates: new Set(),
			remember: 10_000,
			uploadOnce: false,
		});
	});

	it.each<[number, object, object]>([
		[1, {}, { includeFileLinks: true, output: 'outcome' }],
		[1, { includeFileLinks: false, output: 'item' }, { includeFileLinks: true, output: 'outcome' }],
		[2, {}, { includeFileLinks: false, output: 'item' }],
		[2, { includeFileLinks: true, output: 'outcome' }, { includeFileLinks: true, output: 'outcome' }],
		[2, { output: 'nonsense' }, { output: 'item' }],
	])('have the outcome beside the item, and no links, from version 2 on: %i, %j', (typeVersion, options, expected) => {
		expect(readUploadOptions(fakeNode({ parameters: { options }, typeVersion }))).toMatchObject(expected);
	});

	it.each<[number, object, boolean]>([
		[1, { dryRun: true, includeRecord: true }, false],
		[2, {}, false],
		[2, { dryRun: true }, true],
		[2, { dryRun: true, includeRecord: false }, true],
		[2, { includeRecord: 'yes' }, true],
		[2, { includeRecord: '' }, false],
	])('show records from version 2 on, in a dry run always: %i, %j', (typeVersion, options, includeRecord) => {
		expect(readUploadOptions(fakeNode({ parameters: { options }, typeVersion }))).toMatchObject({ includeRecord });
	});

	it.each([
		[1, 1],
		[2, 2],
	])('go by the rules of the node’s version: %i', (typeVersion, rules) => {
		expect(readUploadOptions(fakeNode({ typeVersion }))).toMatchObject({ rules });
	});

	it.each([
		[1, 'refuse'],
		[2, 'leaveOut'],
	])('leave out what is not valid from version 2 on: %i', (typeVersion, onBadStandardProperty) => {
		const node = fakeNode({ parameters: { options: { onBadStandardProperty: 'leaveOut' } }, typeVersion });
		expect(readUploadOptions(node)).toMatchObject({ onBadStandardProperty });
	});

	it.each<[unknown, boolean]>([
		['false', false],
		['0', false],
		['no', false],
		['OFF', false],
		['', false],
		[null, false],
		['true', true],
		['1', true],
		[' Yes ', true],
		['on', true],
	])('take a text for yes or no: %j', (given, isOn) => {
		expect(read({ dryRun: given, matchStandardProperties: given })).toMatchObject({
			dryRun: isOn,
			matchStandardProperties: isOn,
		});
	});

	it.each([
		['dryRun', 'Dry Run'],
		['matchStandardProperties', 'Match Standard Properties'],
	])('stop the run where %s is neither', (name, label) => {
		expect(() => read({ [name]: 'perhaps' })).toThrow(
			expect.objectContaining({
				name: 'NodeOperationError',
				message: `The value of "${label}" is neither yes nor no`,
				description: expect.stringContaining('Use true or false') as string,
			}) as Error,
		);
	});

	it('are as the user set them', () => {
		const given = {
			batchSize: 10,
			concurrency: 15,
			dryRun: true,
			listSeparator: '',
			matchStandardProperties: false,
			onTooLong: 'refuse',
			remember: 500,
			unconfirmedEvents: 'neverTwice',
		};
		expect(read({ ...given, dateProperties: 'Due, ,Renewal day,', uploadOnceKey: 'k' })).toEqual({
			...given,
			rules: 1,
			includeFileLinks: true,
			includeRecord: false,
			output: 'outcome',
			onBadStandardProperty: 'refuse',
			dates: new Set(['Due', 'Renewal day']),
			uploadOnce: true,
		});
	});

	it.each<[unknown, number, number]>([
		[1, 1, 1],
		[0, 1, 1],
		[-5, 1, 1],
		['20', 20, 15],
		[7.9, 7, 7],
		[1001, 1000, 15],
		['many', 1000, 3],
		[null, 1000, 3],
		[Infinity, 1000, 3],
	])('keep to CleverTap’s limits: %j', (given, batchSize, concurrency) => {
		expect(read({ batchSize: given, concurrency: given })).toMatchObject({ batchSize, concurrency });
	});

	it.each([
		[undefined, 10_000],
		[1, 1],
		[0, 1],
		['25000', 25_000],
		[250.7, 250],
		[2_000_000, 1_000_000],
		['many', 10_000],
	])('remember as many uploads as n8n can: %j', (given, remember) => {
		expect(read({ remember: given })).toMatchObject({ remember });
	});

	it('have n8n evaluate what is an expression, except the key, which each item has for itself', () => {
		const options = { batchSize: 10, dryRun: '={{ $json.dry }}', uploadOnceKey: '={{ $json.submissionId }}' };
		const node = fakeNode({ parameters: { options, 'options.dryRun': true } });
		const evaluated: string[] = [];
		const getNodeParameter = node.getNodeParameter.bind(node) as (...given: unknown[]) => unknown;
		node.getNodeParameter = (name: string, ...given: unknown[]) => {
			const [, , how] = given as [unknown, unknown, { rawExpressions?: boolean }?];
			if (how?.rawExpressions !== true) evaluated.push(name);
			return getNodeParameter(name, ...given) as never;
		};
		expect(readUploadOptions(node)).toMatchObject({ batchSize: 10, dryRun: true, uploadOnce: true });
		expect(evaluated).toEqual(['options.dryRun']);
	});

	it('name no dates where what is given is no text', () => {
		expect(read({ dateProperties: 7 }).dates).toEqual(new Set());
	});
});

describe('the key of Upload Once', () => {
	const keyOf = (key: unknown) => {
		const node = fakeNode({ parameters: { options: { uploadOnceKey: key }, 'options.uploadOnceKey': key } });
		return resultOf(() => uploadOnceKeyReader(node, readUploadOptions(node))(0));
	};

	it.each<[unknown, string]>([
		[' Z9Z97Go ', 'Z9Z97Go'],
		[0, '0'],
		[42, '42'],
		['0', '0'],
		['k'.repeat(2000), 'k'.repeat(2000)],
		['Z9Z97Go-undefined', 'Z9Z97Go-undefined'],
	])('%j is %j', (given, key) => {
		expect(keyOf(given)).toBe(key);
	});

	it.each([[''], [' '], [null], [true], [{}]])('%j is refused', (given) => {
		expect(keyOf(given)).toEqual({
			status: 'refused',
			reason: '"Upload Once Key" is empty',
			advice: expect.stringContaining('such as submissionId') as string,
		});
	});

	it.each([
		['null'],
		['undefined'],
		['undefined-undefined'],
		['n/a'],
		['-'],
		['[object Object]'],
		['#N/A'],
		['#REF!'],
		['9.2E+11'],
		[2 ** 53],
		['{{ $json.submissionId }}'],
		['=$json.submissionId'],
		['{{submission_id}}'],
		['\u200b'],
	])('%j tells no two submissions apart', (given) => {
		expect(keyOf(given)).toMatchObject({
			status: 'refused',
			reason: expect.stringMatching(/^"Upload Once Key" (?:tells nothing apart: it|is empty)/) as string,
		});
	});

	it('is refused where the option was added and left empty', () => {
		const node = fakeNode({ parameters: { options: { uploadOnceKey: '' } } });
		expect(resultOf(() => uploadOnceKeyReader(node, readUploadOptions(node))(0))).toMatchObject({ status: 'refused' });
	});

	it('is none where the option was not added', () => {
		const node = fakeNode({});
		expect(uploadOnceKeyReader(node, readUploadOptions(node))(0)).toBeUndefined();
	});
});
