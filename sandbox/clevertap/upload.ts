import type { Break, Contract } from '../contract';
import { clean, eventNameProblem } from './cleaning';
import { identifierKeys, isJson } from './record';
import type { Json } from './record';
import { refusalOf } from './verdicts';
import type { Refusal } from './verdicts';

export interface UploadOutcome {
	/** The body could not be accepted at all: HTTP 400, nothing of it is stored. */
	malformed: boolean;
	unprocessed: Refusal[];
	/** Records to store, with what is left of their properties. */
	accepted: Array<{ record: Json; data: Json }>;
	violations: string[];
}

/** Checks an upload's parsed body; stores nothing. */
export type UploadCheck = (body: unknown, discarded: readonly string[]) => UploadOutcome;

const rootMembers = {
	profile: ['type', 'ts', '$source', 'profileData', ...identifierKeys],
	event: ['type', 'ts', '$source', 'evtName', 'evtData', ...identifierKeys],
};

export function uploadCheck(contract: Contract): UploadCheck {
	const schemas = {
		profile: contract.schema('ProfileRecord'),
		event: contract.schema('EventRecord'),
		token: contract.schema('TokenRecord'),
	};

	return (body, discarded) => {
		const outcome: UploadOutcome = {
			malformed: false,
			unprocessed: [],
			accepted: [],
			violations: [],
		};
		const records = recordsOf(body);
		if (!records) {
			return {
				...outcome,
				malformed: true,
				violations: ['the body is not {"d": [1 to 1000 records]}'],
			};
		}
		const note = (index: number, text: string): void => {
			outcome.violations.push(`record ${index + 1} ${text}`);
		};
		for (const [index, record] of records.entries()) {
			if (record.type === 'token') {
				for (const { at, text } of schemas.token(record)) note(index, `${at} ${text}`);
				continue;
			}
			if (hasNull(record)) {
				outcome.malformed = true;
				note(index, 'holds null');
				continue;
			}
			const refusal = refusalOf(record, index + 1, discarded);
			if (refusal) {
				outcome.unprocessed.push(refusal);
				continue;
			}
			const kind = record.type === 'event' ? 'event' : 'profile';
			const dataKey = kind === 'event' ? 'evtData' : 'profileData';
			const given = record[dataKey];
			// Cleaned first: what CleverTap drops silently is no reason to refuse the record.
			const { data, dropped } = clean(kind, isJson(given) ? given : {});
			for (const text of dropped) note(index, text);
			const eventProblem = kind === 'event' ? eventNameProblem(String(record.evtName)) : undefined;
			if (eventProblem !== undefined) {
				note(index, `event dropped: ${eventProblem}`);
				continue;
			}
			const checked = isJson(given) ? { ...record, [dataKey]: data } : record;
			for (const { at, text } of worthSaying(schemas[kind](checked))) {
				// A value of the wrong shape breaks the body; one of the wrong kind is kept as it is.
				if (isNested(valueAt(checked, at))) outcome.malformed = true;
				note(index, `${at} ${text}`);
			}
			for (const text of rootNotes(kind, record)) note(index, text);
			outcome.accepted.push({ record, data });
		}
		return outcome;
	};
}

function recordsOf(body: unknown): Json[] | undefined {
	if (!isJson(body) || !Array.isArray(body.d)) return undefined;
	const records = (body.d as unknown[]).filter(isJson);
	const isRightLength = body.d.length >= 1 && body.d.length <= 1000;
	return isRightLength && records.length === body.d.length ? records : undefined;
}

/** One break per place: where none of several alternatives fits, not what each of them misses. */
function worthSaying(all: Break[]): Break[] {
	const alternatives = all.filter(({ rule }) => rule === 'anyOf' || rule === 'oneOf');
	const isInside = ({ at }: Break): boolean =>
		alternatives.some((other) => at === other.at || at.startsWith(`${other.at}/`));
	const byPlace = new Map(alternatives.map((found) => [found.at, found]));
	return [...byPlace.values(), ...all.filter((found) => !isInside(found))];
}

function rootNotes(kind: 'profile' | 'event', record: Json): string[] {
	const notes = Object.keys(record)
		.filter((key) => !rootMembers[kind].includes(key))
		.map((key) => `has a member that is not described: ${key}`);
	const identifiers = identifierKeys.filter((key) => record[key] !== undefined);
	if (identifiers.length > 1) notes.push(`has more than one identifier: ${identifiers.join(', ')}`);
	return notes;
}

function isNested(value: unknown): boolean {
	return typeof value === 'object' || value === undefined;
}

/** What a JSON pointer points at. */
function valueAt(root: unknown, pointer: string): unknown {
	return pointer
		.split('/')
		.slice(1)
		.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
		.reduce<unknown>(
			(value, part) => (typeof value === 'object' && value !== null ? (value as Json)[part] : undefined),
			root,
		);
}

function hasNull(value: unknown): boolean {
	if (value === null) return true;
	if (typeof value !== 'object') return false;
	return Object.values(value).some(hasNull);
}
