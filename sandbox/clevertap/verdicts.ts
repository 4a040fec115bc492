import { identifiersOf, isJson } from './record';
import type { Json } from './record';
import { isReserved, sameEvent } from './reservedNames';

/** One entry of `unprocessed`. */
export interface Refusal {
	status: 'fail';
	code: number;
	error: string;
	/** The record as the checks left it. */
	record: Json;
}

interface Problem {
	code: number;
	/** Without the record number. */
	text: string;
}

/**
 * Properties one event may carry unless the account was given more (CleverTap docs, upload events,
 * 2026-06).
 */
export const eventPropertyLimit = 100;

/**
 * What CleverTap says to one record, by the documented codes: the first problem only. The texts of
 * 509, 513, 515 to 520 and 525 are recorded ones, with their missing and doubled punctuation; those
 * of the other codes are written after their pattern.
 *
 * @param number the record's place in `d`, counted from 1
 * @param discarded names of events that the account discards (528)
 * @returns undefined for a record that is taken
 */
export function refusalOf(record: Json, number: number, discarded: readonly string[]): Refusal | undefined {
	// The real service's checks change what later refusals echo, hence a copy.
	const echo = structuredClone(record);
	const problem = rootProblem(record) ?? dataProblem(echo, discarded);
	if (!problem) return undefined;
	const error = `${problem.text}Skipped record number : ${number}`;
	return { status: 'fail', code: problem.code, error, record: echo };
}

function rootProblem(record: Json): Problem | undefined {
	const { type, objectId, ts } = record;
	if (type !== 'profile' && type !== 'event') {
		return { code: 524, text: 'Record is neither an event nor a profile. ' };
	}
	if (Object.keys(identifiersOf(record)).length === 0) {
		return { code: 523, text: 'Identity is missing. ' };
	}
	if (objectId !== undefined && !isObjectId(objectId)) {
		return { code: 526, text: 'Object ID is invalid. ' };
	}
	if (ts !== undefined && !(Number.isInteger(ts) && Number(ts) > 0)) {
		return { code: 525, text: 'Timestamp should be present in the Unix Epoch format. ' };
	}
	return undefined;
}

/** One to 64 letters, digits and ( ) ! : @ $ _ - (CleverTap docs, custom CleverTap ids). */
function isObjectId(value: unknown): boolean {
	return typeof value === 'string' && /^[A-Za-z0-9()!:@$_-]{1,64}$/.test(value);
}

function dataProblem(echo: Json, discarded: readonly string[]): Problem | undefined {
	return echo.type === 'event'
		? eventProblem(echo, discarded)
		: profileProblem(isJson(echo.profileData) ? echo.profileData : {});
}

function eventProblem({ evtName, evtData }: Json, discarded: readonly string[]): Problem | undefined {
	const named = (code: number, text: string): Problem => ({
		code,
		text: `Event Name is incorrect. ErrorCode: ${code} - ${text}. `,
	});
	if (typeof evtName !== 'string' || evtName.trim() === '') {
		return named(509, 'Event name is mandatory');
	}
	if (isReserved(evtName)) return named(513, 'Trying to raise a restricted system event');
	if (discarded.some((name) => sameEvent(name, evtName))) {
		return named(528, 'Event has been discarded');
	}
	if (!isJson(evtData)) {
		return {
			code: 512,
			text: 'Event data is incorrect. ErrorCode: 512 - Invalid event structure. ',
		};
	}
	if (Object.keys(evtData).length > eventPropertyLimit) {
		return {
			code: 522,
			text: 'Event data is incorrect. ErrorCode: 522 - Event properties exceed the limit. ',
		};
	}
	return undefined;
}

/** In the order in which recorded refusals show the checks to run; where Gender stands is not known. */
function profileProblem(data: Json): Problem | undefined {
	const wrong = (code: number, text: string): Problem => ({
		code,
		text: `Profile data is incorrect. ${text}.`,
	});
	const { Email, Phone, Employed, Education, Married, Age, Gender } = data;
	if (Email !== undefined && !(typeof Email === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(Email))) {
		return wrong(515, 'Email is not valid');
	}
	if (Phone !== undefined) {
		if (!(typeof Phone === 'string' && /^\+[1-9]\d{6,14}$/.test(Phone))) {
			return wrong(516, 'Phone number is not valid');
		}
		data.Phone = Number(Phone);
	}
	if (Employed !== undefined && Employed !== 'Y' && Employed !== 'N') {
		return wrong(517, 'Employed needs to be Y/N');
	}
	if (Education !== undefined && !['School', 'College', 'Graduate'].includes(Education as string)) {
		return wrong(518, 'Education needs to be School/College/Graduate.');
	}
	if (Married !== undefined && Married !== 'Y' && Married !== 'N') {
		return wrong(519, 'Married needs to be Y/N');
	}
	if (typeof data.identity === 'number') data.identity = String(data.identity);
	if (Age !== undefined && !/^\d+$/.test(typeof Age === 'number' ? String(Age) : asText(Age))) {
		return wrong(520, 'Age is invalid');
	}
	if (Gender !== undefined && Gender !== 'M' && Gender !== 'F' && !isDelete(Gender)) {
		return wrong(514, 'Gender needs to be M/F');
	}
	return undefined;
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function isDelete(value: unknown): boolean {
	return isJson(value) && '$delete' in value;
}
