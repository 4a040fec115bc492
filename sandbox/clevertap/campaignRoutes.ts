import { minuteOf, type Message } from './campaigns';
import { matches } from './query';
import type { StoredProfile } from './profiles';
import { identifierKeys, isJson, textOf } from './record';
import type { Identifiers, Json } from './record';
import { fail, success, type AddRoute, type Answered } from './route';
import type { State } from './state';

const DATES = 4002;
/** Days in one list, at most (get campaigns). */
const listedDays = 31;

/**
 * targets/*.json and send/externaltrigger.json. The texts of refusals are written after CleverTap's pattern, those of a
 * result that is not ready are recorded ones.
 */
export function addCampaigns(add: AddRoute, state: State): void {
	const { campaigns } = state;

	add('POST', '/1/targets/create.json', ({ body }) => {
		const audience = audienceOf(state, body);
		if ('error' in audience) return audience.error;
		const { profiles } = audience;
		if (body.estimate_only === true) return success({ estimates: { [String(body.target_mode)]: profiles.length } });
		const scheduledOn = timeOf(body.when);
		if (scheduledOn === undefined) return fail('Invalid value for when', 400);
		const isNow = body.when === 'now';
		const campaign = campaigns.add({
			name: String(body.name),
			channel: String(body.target_mode),
			scheduledOn,
			isTriggered: false,
			status: isNow ? 'completed' : 'scheduled',
			request: body,
		});
		if (isNow) for (const profile of profiles) reach(campaign.messages, profile, {});
		state.changed();
		return success({ id: campaign.id, estimates: { [campaign.channel]: profiles.length } });
	});

	add('POST', '/1/targets/list.json', ({ body: { from, to } }) => {
		const [first, last] = [dayNumber(from), dayNumber(to)];
		if (first > last) return fail('From date is after to date', DATES);
		if (last - first >= listedDays) return fail(`Date range is more than ${listedDays} days`, DATES);
		const targets = campaigns.all
			.filter(({ scheduledOn }) => {
				const day = dayNumber(Math.floor(scheduledOn / 10_000));
				return day >= first && day <= last;
			})
			.map(({ id, name, scheduledOn, status }) => ({ id, name, scheduled_on: scheduledOn, status }));
		return success({ targets });
	});

	add('POST', '/1/targets/result.json', ({ body: { id } }) => {
		const campaign = campaigns.find(id);
		if (campaign === undefined) return unknownCampaign;
		campaign.asked += 1;
		// It comes in either way.
		if (campaign.asked === 1) return { ...fail('This target has no result as of yet', 500), status: 500 };
		if (campaign.asked === 2) return fail("This target hasn't been completed", 500);
		return success({ result: { sent: campaign.messages.length, clicked: 0 } });
	});

	add('POST', '/1/targets/stop.json', ({ body: { id } }) => {
		const campaign = campaigns.find(id);
		if (campaign === undefined) return unknownCampaign;
		if (campaign.status === 'completed') return fail('Campaign has already been completed', 400);
		campaign.status = 'stopped';
		state.changed();
		return success();
	});

	const trigger = (ids: readonly unknown[], { to, ExternalTrigger }: Json): Answered => {
		const found = ids.map((id) => campaigns.find(id));
		if (!isJson(to) || Object.keys(to).length !== 1) return { ...fail('Malformed request', 400), status: 400 };
		for (const campaign of found) {
			if (campaign === undefined) return unknownCampaign;
			if (!campaign.isTriggered) return fail('Campaign is not an external trigger campaign', 400);
			if (campaign.status !== 'running') return fail('Campaign is not running', 400);
			const values = isJson(ExternalTrigger) ? ExternalTrigger : {};
			for (const [kind, list] of Object.entries(to)) {
				for (const id of Array.isArray(list) ? list : []) {
					const profile = profileOf(state, kind, String(id));
					// Of users that it does not know the answer says nothing.
					if (profile !== undefined) reach(campaign.messages, profile, values);
				}
			}
		}
		state.changed();
		return success({ message: 'Added to queue for processing' });
	};
	add('POST', '/1/send/externaltrigger.json', ({ body }) => trigger([body.campaign_id], body));
	add('POST', '/2/send/externaltrigger.json', ({ body }) =>
		trigger(Array.isArray(body.campaign_id_list) ? body.campaign_id_list : [], body),
	);
}

const unknownCampaign: Answered = fail('Invalid campaign id', 400);

function reach(messages: Message[], of: Identifiers, values: Json): void {
	const identifiers: Identifiers = {};
	for (const key of identifierKeys) if (of[key] !== undefined) identifiers[key] = of[key];
	messages.push({ ...identifiers, values, sentAt: new Date().toISOString() });
}

function profileOf(state: State, kind: string, id: string): Identifiers | undefined {
	return kind === 'email' ? state.profiles.findByEmail(id) : state.profiles.find({ [kind]: id });
}

function audienceOf(
	state: State,
	{ where, segment }: Json,
): { profiles: readonly StoredProfile[] } | { error: Answered } {
	if (segment === 'all' || (segment === undefined && where === undefined)) return { profiles: state.profiles.all() };
	if (segment !== undefined) {
		const found = state.segments.find(({ id }) => String(id) === textOf(segment));
		if (found === undefined) return { error: fail('Invalid segment id', 400) };
		return { profiles: state.profiles.all().filter((profile) => found.members.has(profile)) };
	}
	const found = matches(state, isJson(where) ? where : {});
	return 'error' in found ? { error: fail(found.error, found.code) } : { profiles: found.profiles };
}

/** `now`, or YYYYMMDD HH:MM; what else may stand there is not known here. */
function timeOf(when: unknown): number | undefined {
	if (when === 'now') return minuteOf(new Date());
	const parts = /^(\d{8}) (\d\d):(\d\d)$/.exec(String(when));
	return parts === null ? undefined : Number(parts.slice(1).join(''));
}

/** 20260228 as the number of days since 1970. */
function dayNumber(day: unknown): number {
	const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(String(day)) ?? [];
	return Date.UTC(Number(year), Number(month) - 1, Number(date)) / 86_400_000;
}
