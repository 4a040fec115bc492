import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { dispatch } from '../../nodes/shared/dispatch';
import { fitProperties } from '../../nodes/CleverTap/properties/fit';
import type { FitOptions } from '../../nodes/CleverTap/properties/fitOptions';
import { isPlainObject } from '../../nodes/CleverTap/properties/flatten';
import { isStandard } from '../../nodes/CleverTap/properties/names';
import { fromInput, fromJson } from '../../nodes/CleverTap/parameters/properties';
import { resources } from '../../nodes/CleverTap/resources/resources';
import { fuzz, unless } from '../support/fuzz';
import { resultOf } from '../support/itemFailure';
import { bodyOf, contextOf, PASSCODE } from './cleverTapNode';
import { like, oddJson, oddText } from './json';
import { oddities, wrongInOutput, wrongWith } from './wrong';

// Waiting is minutes long; what is waited for is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** CleverTap's operators, and what may stand behind each. */
const OPERATORS: Readonly<Record<string, 'texts' | 'number' | 'one'>> = {
	$set: 'texts',
	$add: 'texts',
	$remove: 'texts',
	$incr: 'number',
	$decr: 'number',
	$delete: 'one',
};

function isText(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '' && bytes(value) <= 512;
}

function isTextList(value: unknown): boolean {
	return Array.isArray(value) && value.length <= 100 && new Set(value).size === value.length && value.every(isText);
}

function isScalar(value: unknown): boolean {
	return isText(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** Whether CleverTap can hold the value, told from its documentation. */
function canHold(value: unknown, target: FitOptions['target'], name: string): boolean {
	if (isScalar(value)) return true;
	if (target === 'event') {
		const isList = name === 'Items' && Array.isArray(value) && value.length <= 50;
		return isList && value.every((item) => isPlainObject(item) && wrongIn(item, 'event').length === 0);
	}
	if (!isPlainObject(value)) return false;
	const isGroups = Object.values(value).every((list) => Array.isArray(list) && list.every(isText));
	if (name.startsWith('category-') && isGroups) return true;
	const [[operator, operand] = ['', undefined], ...others] = Object.entries(value);
	if (others.length > 0) return false;
	switch (OPERATORS[operator]) {
		case 'texts':
			return isTextList(operand);
		case 'number':
			return typeof operand === 'number' && Number.isFinite(operand);
		case 'one':
			return operand === 1;
		default:
			return false;
	}
}

const FORBIDDEN = { profile: /[%><!|&.:;$'"\\#]|\p{Cc}/u, event: /[%><!|&.:;$'"\\]|\p{Cc}/u };

/** What is wrong with the properties of a record. */
function wrongIn(properties: object, target: FitOptions['target']): string[] {
	return Object.entries(properties).flatMap(([name, value]) => [
		...unless(
			isStandard(name) || (name.trim() === name && name !== '' && bytes(name) <= 120 && !FORBIDDEN[target].test(name)),
			`The name ${name}`,
		),
		...unless(canHold(value, target, name), `The value ${JSON.stringify(value)} of ${name}`),
	]);
}

/** How many properties a value stands for: an object one for each of its members, whatever the depth. */
function countOf(value: unknown): number {
	if (value === null || value === undefined) return 0;
	if (typeof value === 'string') return value.trim() === '' ? 0 : 1;
	if (Array.isArray(value))
		return value.some((item) => (typeof item === 'object' ? item !== null : countOf(item) > 0)) ? 1 : 0;
	if (!isPlainObject(value) || (typeof value.url === 'string' && 'mimeType' in value)) return 1;
	return Object.values(value).reduce<number>((sum, inner) => sum + countOf(inner), 0);
}

const OWN_FORM = new Set(['category-unsubscribe', 'category-resubscribe', 'Items']);

/** How many properties there must be, sent or named as left out; `undefined` where CleverTap's own forms make that unclear. */
function expectedCount(json: object, target: FitOptions['target']): number | undefined {
	const isUnclear = Object.entries(json).some(
		([name, value]) =>
			OWN_FORM.has(name) ||
			(target === 'profile' &&
				isPlainObject(value) &&
				Object.keys(value).length === 1 &&
				(Object.keys(value)[0] ?? '') in OPERATORS),
	);
	return isUnclear ? undefined : Object.values(json).reduce<number>((sum, held) => sum + countOf(held), 0);
}

const valid = JSON.stringify({
	Name: 'Ada',
	email: 'ada@example.com',
	Phone: '+32 477 47 47 47',
	DOB: '1955-06-08',
	'Rate us': { Speed: 'Good', Price: { Now: 1, Later: ['x', 'y'] } },
	Topics: ['Price', 'Fit, and finish'],
	CV: [{ name: 'cv.pdf', url: 'https://storage.tally.so/private/cv.pdf', mimeType: 'application/pdf', size: 7 }],
	Signature: { name: 's.png', url: 'https://storage.tally.so/private/s.png', mimeType: 'image/png', size: 7 },
	Tags: { $add: ['vip'] },
	Visits: { $incr: 2 },
	Old: { $delete: 1 },
	'category-unsubscribe': { email: ['news'] },
	Items: [{ 'Book: name': 'b', tags: ['x'], price: 4.5 }],
	due: '2026-02-09',
	Happy: true,
	'What\'s "new"?': 'All; of it',
});

const names = fc.oneof(
	fc.constantFrom(
		'A',
		'A!',
		'A;',
		'A (2)',
		'email',
		'EMAIL',
		'Email',
		'due',
		'Items',
		'Phone',
		'DOB',
		'!',
		'!!',
		'x'.repeat(130),
		`${'x'.repeat(119)}é`,
		'category-unsubscribe',
	),
	oddText,
);
const operator = fc
	.tuple(fc.constantFrom(...Object.keys(OPERATORS), '$other'), oddJson)
	.map((pair) => Object.fromEntries([pair]) as unknown);
const file = fc.record({ url: oddText, mimeType: oddJson });
const value = fc.oneof(
	oddJson,
	operator,
	file,
	fc.array(fc.oneof(oddJson, file), { maxLength: 6 }),
	fc.dictionary(names, oddJson, { maxKeys: 4 }),
);
/** The text of a JSON object; what JSON has no word for stands there as a number that is too large. */
const jsonText = fc
	.oneof(
		like(valid),
		fc.array(fc.tuple(names, value), { maxLength: 8 }).map((members): unknown => Object.fromEntries(members)),
	)
	.map((json) => JSON.stringify(json).replaceAll(/"1e999"(?!:)/g, '1e999'));

const options: fc.Arbitrary<FitOptions> = fc.record({
	target: fc.constantFrom('profile', 'event'),
	listSeparator: fc.constantFrom(', ', '', ' | '),
	matchStandardProperties: fc.boolean(),
	rules: fc.constantFrom(1, 2),
	onTooLong: fc.constantFrom('shorten', 'refuse'),
	onBadStandardProperty: fc.constantFrom('refuse', 'leaveOut'),
	dates: fc.constantFrom(undefined, new Set(['due', 'A'])),
	chargedItems: fc.boolean(),
});

function wrongInRefusal({ reason, advice }: { reason: string; advice: string }): string[] {
	return unless(reason !== '' && advice !== '' && !/undefined|NaN|\[object /.test(reason), `It says ${reason}`);
}

describe('Properties, whatever the JSON holds', () => {
	fuzz(
		'fit CleverTap’s rules, and nothing is lost without a word',
		fc.record({ text: jsonText, options }),
		({ text, options: wanted }) => {
			const before = JSON.parse(text) as unknown;
			const entries = resultOf(() => fromJson(text));
			if ('reason' in entries)
				return [...wrongInRefusal(entries), ...unless(!isPlainObject(before), 'It refuses an object')];
			const fitted = resultOf(() => fitProperties(entries, wanted));
			if ('reason' in fitted) return wrongInRefusal(fitted);
			const { properties, adjusted } = fitted;
			const leftOut = adjusted.filter((note) => note.includes('was left out')).length;
			const expected = expectedCount(before as object, wanted.target);
			const sent = Object.keys(properties).length;
			return [
				...oddities(fitted),
				...wrongIn(properties, wanted.target),
				...unless(
					expected === undefined || sent + leftOut === expected,
					`Of ${expected} values ${sent} are sent and ${leftOut} left out: ${adjusted.join('; ')}`,
				),
			];
		},
		1_000,
	);

	fuzz('are read from any text, or refused with a reason', fc.oneof(jsonText, fc.json(), oddText, oddJson), (given) => {
		const entries = resultOf(() => fromJson(given));
		return 'reason' in entries ? wrongInRefusal(entries) : unless(Array.isArray(entries), 'They are no list');
	});

	fuzz('are those of the item that comes in', jsonText, (text) => {
		const json = JSON.parse(text) as unknown;
		if (!isPlainObject(json)) return [];
		return Object.entries(json).length === 0
			? []
			: unless(fromInput(json).length > 0 || 'answers' in json, 'They are lost');
	});
});

describe('Every record that goes out', () => {
	const user = { identifyBy: 'identity', identifier: '={{ $json.id }}', timestamp: '={{ $json.when }}' };
	const runs = [
		{ resource: 'profile', operation: 'upsert', ...user, propertiesMode: 'json', propertiesJson: '={{ $json.data }}' },
		{ resource: 'profile', operation: 'upsert', ...user, propertiesMode: 'input', options: { onTooLong: 'refuse' } },
		{
			resource: 'event',
			operation: 'upload',
			...user,
			eventName: 'Charged',
			propertiesMode: 'json',
			propertiesJson: '={{ $json.data }}',
		},
		{
			resource: 'event',
			operation: 'upload',
			...user,
			eventName: '={{ $json.name }}',
			propertiesMode: 'input',
			options: { dateProperties: 'due, when' },
		},
		{
			resource: 'event',
			operation: 'upload',
			...user,
			eventName: 'Feedback',
			propertiesMode: 'fields',
			properties: {
				assignments: ['string', 'number', 'boolean', 'array', 'object', 'date'].map((type) => ({
					name: type,
					type,
					value: '={{ $json.data }}',
				})),
			},
			updateProfile: true,
			profileProperties: { assignments: [{ name: '={{ $json.name }}', type: 'string', value: '={{ $json.data }}' }] },
		},
	];
	const item = fc.record(
		{
			id: fc.oneof(fc.constantFrom<unknown>('u1', 'u2', 42), oddJson),
			when: fc.oneof(fc.constantFrom<unknown>('2026-02-09', 1_770_631_200), oddJson),
			name: fc.oneof(fc.constantFrom<unknown>('Feedback'), oddJson),
			data: fc.oneof(jsonText, value),
			due: oddJson,
		},
		{ requiredKeys: ['id'] },
	);

	fuzz(
		'fits CleverTap’s rules, and every item comes out once',
		fc.record({
			run: fc.constantFrom(...runs),
			items: fc.array(item, { minLength: 1, maxLength: 4 }),
			onError: fc.constantFrom(undefined, 'continueErrorOutput' as const),
			typeVersion: fc.constantFrom(1, 2),
		}),
		async ({ run, items, onError, typeVersion }) => {
			const records: Array<Record<string, unknown>> = [];
			const answer = (request: IHttpRequestOptions) => {
				const { d } = bodyOf(request) as { d: typeof records };
				records.push(...d);
				return Promise.resolve({
					statusCode: 200,
					headers: {},
					body: { status: 'success', processed: d.length, unprocessed: [] },
				});
			};
			const context = contextOf(
				run,
				items.map((json) => ({ json: json as never })),
				answer,
				onError,
				typeVersion,
			);
			let wrong: string[];
			try {
				const output = await dispatch(context, resources);
				const numbers = output.flat().map(({ pairedItem }) => (pairedItem as { item: number }).item);
				wrong = [
					...wrongInOutput(output),
					...unless(numbers.join() === [...items.keys()].join(), `The items ${numbers.join()} come out`),
				];
			} catch (error) {
				wrong = wrongWith(error, PASSCODE);
			}
			return [...wrong, ...records.flatMap(wrongInRecord)];
		},
		500,
	);
});

/** What is wrong with one member of `d` in an upload. */
function wrongInRecord(record: Record<string, unknown>): string[] {
	const { type, identity, ts, profileData, evtName, evtData, ...others } = record;
	const isProfile = type === 'profile';
	const properties = isProfile ? profileData : evtData;
	return [
		...unless(isProfile || type === 'event', 'It is neither profile nor event'),
		...unless(typeof identity === 'string' && identity.trim() !== '', 'It has no identifier'),
		...unless(
			ts === undefined || (Number.isInteger(ts) && Number(ts) > 0 && Number(ts) < 253_402_300_800),
			`Its time is ${String(ts)}`,
		),
		...unless(
			isProfile || (typeof evtName === 'string' && evtName !== '' && !FORBIDDEN.event.test(evtName)),
			'Its event has no name',
		),
		...unless(Object.keys(others).length === 0, `It has ${Object.keys(others).join()}`),
		...(isPlainObject(properties) ? wrongIn(properties, isProfile ? 'profile' : 'event') : ['It has no properties']),
	];
}
