import { isJson } from './record';
import type { Json } from './record';
import { success, type AddRoute, type Answered } from './route';
import type { State } from './state';

const channels: Readonly<Record<string, { property: string; flag: string }>> = {
	email: { property: 'Email', flag: 'MSG-email' },
	phone: { property: 'Phone', flag: 'MSG-sms' },
	whatsapp: { property: 'Phone', flag: 'MSG-whatsapp' },
};

/**
 * Deletion, demerging, subscriptions and phone numbers. CleverTap takes hours for the first two;
 * here they happen at once.
 */
export function addUpkeep(add: AddRoute, state: State): void {
	add('POST', '/1/delete/profiles.json', ({ body: { identity, guid } }) => {
		for (const value of listOf(identity)) state.erase({ identity: value });
		for (const value of listOf(guid)) state.erase({ objectId: value });
		state.changed();
		return success();
	});

	add('POST', '/1/demerge/profiles.json', ({ body: { identities } }) => {
		for (const identity of listOf(identities)) state.profiles.forget(identity);
		state.changed();
		return success();
	});

	add('POST', '/1/subscribe', ({ body: { d } }) =>
		each(d, ({ type, value, status }) => {
			const channel = channels[String(type)];
			if (channel === undefined) return refusal(524, 'Channel is not valid.');
			if (channel.property === 'Email' && !String(value).includes('@')) {
				return refusal(515, 'Email is not valid.');
			}
			if (channel.property === 'Phone' && !isPhone(value)) return refusal(516, 'Phone is not valid.');
			for (const { profileData } of state.profiles.all()) {
				if (profileData[channel.property] === value) profileData[channel.flag] = status === 'Resubscribe';
			}
			state.changed();
			return undefined;
		}),
	);

	add('POST', '/1/disassociate', ({ body: { d } }) =>
		each(d, ({ value }) => {
			if (!isPhone(value)) return refusal(516, 'Phone is not valid.');
			state.profiles.forget(String(value));
			state.changed();
			return undefined;
		}),
	);
}

const refusal = (code: number, error: string) => ({ status: 'fail', code, error });

/** One verdict per record, in the form of an upload's. */
function each(records: unknown, settle: (record: Json) => Json | undefined): Answered {
	const list = (Array.isArray(records) ? records : []).filter(isJson);
	const unprocessed = list.flatMap((record, index) => {
		const found = settle(record);
		return found ? [{ ...found, error: `${String(found.error)}Skipped record number : ${index + 1}`, record }] : [];
	});
	const processed = list.length - unprocessed.length;
	const status = unprocessed.length === 0 ? 'success' : processed === 0 ? 'fail' : 'partial';
	return { body: { status, processed, unprocessed } };
}

function isPhone(value: unknown): boolean {
	return typeof value === 'string' && /^\+[1-9]\d{1,14}$/.test(value);
}

function listOf(value: unknown): string[] {
	if (value === undefined) return [];
	return (Array.isArray(value) ? value : [value]).map(String);
}
