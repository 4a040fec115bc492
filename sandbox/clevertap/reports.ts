import { isJson } from './record';
import type { Json } from './record';
import { success, type AddRoute } from './route';
import type { State } from './state';

/** What report.json calls the channels that campaigns have under another name. */
const channels: Readonly<Record<string, string>> = {
	webpush: 'browser',
	webhook: 'webhooks',
	notificationinbox: 'inbox',
};

/** message/report.json: one entry for each campaign that began in these days, of the channels that are wanted. */
export function addReports(add: AddRoute, state: State): void {
	add('POST', '/1/message/report.json', ({ body: { from, to, channel, status, daily } }) => {
		const isWanted = (list: unknown, name: string) => !Array.isArray(list) || list.includes(name);
		const messages = state.campaigns.all
			.filter(({ scheduledOn }) => {
				const day = String(scheduledOn).slice(0, 8);
				return day >= String(from) && day <= String(to);
			})
			.map((campaign) => ({ ...campaign, channel: channels[campaign.channel] ?? campaign.channel }))
			.filter((campaign) => isWanted(channel, campaign.channel) && isWanted(status, campaign.status))
			.map(({ id, name, channel: own, status: now, scheduledOn, messages: sent, isTriggered }): Json => {
				const day = String(scheduledOn).slice(0, 8);
				const figures = { sent: sent.length, viewed: 0, clicked: 0 };
				return {
					'message id': id,
					message_name: name,
					channel: own,
					delivery: isTriggered ? 'action' : 'one_time',
					start_date: day,
					status: now,
					...figures,
					...(daily === true ? { data: [{ date: day, ...figures }] } : {}),
				};
			});
		return success({ messages });
	});
}

/** counts/top.json: how often each value of a property stands in what was found, by the group's label. */
export function topOf(found: readonly Json[], groups: unknown): Json {
	return eachGroup(groups, ({ name, top_n: wanted, order }) => {
		const counts = new Map<unknown, number>();
		for (const held of found) {
			const value = held[String(name)];
			if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
		}
		const sorted = [...counts].sort(([, left], [, right]) => (order === 'asc' ? left - right : right - left));
		const top = sorted.slice(0, typeof wanted === 'number' ? wanted : 10);
		const ofType = (type: string) =>
			top.filter(([value]) => typeof value === type).map(([value, n]) => [String(value), n]);
		const [texts, numbers] = [ofType('string'), ofType('number')];
		return {
			...(texts.length > 0 ? { STR: Object.fromEntries(texts) as Json } : {}),
			...(numbers.length > 0 ? { NUMBER: Object.fromEntries(numbers) as Json } : {}),
		};
	});
}

/** counts/trends.json: how often an event happened in each day, week or month, by the group's label. */
export function trendsOf(seconds: readonly number[], groups: unknown): Json {
	return eachGroup(groups, ({ trend_type: type }) => {
		const counts: Record<string, number> = {};
		for (const second of seconds) {
			const period = firstDay(new Date(second * 1000), type);
			counts[period] = (counts[period] ?? 0) + 1;
		}
		return counts;
	});
}

function firstDay(date: Date, type: unknown): string {
	const day = new Date(date);
	if (type === 'monthly') day.setUTCDate(1);
	if (type === 'weekly') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
	return day.toISOString().slice(0, 10).replaceAll('-', '');
}

function eachGroup(groups: unknown, answer: (group: Json) => Json): Json {
	if (!isJson(groups)) return {};
	return Object.fromEntries(
		Object.entries(groups).map(([label, group]) => [label, answer(isJson(group) ? group : {})]),
	);
}
