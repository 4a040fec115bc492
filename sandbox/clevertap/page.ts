import type { FastifyInstance } from 'fastify';
import { html, page } from '../html';
import type { Html } from '../html';
import { sendLive, serveAsset, serveLook } from '../pageServer';
import type { Campaign, Message } from './campaigns';
import type { StoredEvent } from './events';
import type { StoredProfile } from './profiles';
import { identifierKeys, isJson } from './record';
import type { Identifiers, Json } from './record';
import type { State } from './state';

const shown = 100;

/** The page that shows profiles, events and whom campaigns reached, as they arrive, newest first. */
export function registerPage(app: FastifyInstance, state: State): void {
	serveLook(app);
	serveAsset(app, 'clevertap', 'page.css');
	app.get('/', async (_request, reply) => {
		const body = html`<h1>Profiles and events</h1><div data-live="/live" role="log" aria-live="polite">${content(state)}</div>`;
		return await reply.type('text/html').send(
			page({
				title: 'Profiles and events',
				service: 'Local CleverTap',
				styles: ['/page.css'],
				body,
			}),
		);
	});
	app.get('/live', (_request, reply) => {
		sendLive(
			reply,
			(onChange) => state.watch(onChange),
			() => content(state),
		);
	});
}

function content(state: State): Html {
	const profiles = [...state.profiles.all()].sort((left, right) => right.updatedAt.localeCompare(left.updatedAt));
	const events = state.events.map((event, index) => ({ event, index })).reverse();
	return html`<div class="columns"><div>
<section aria-labelledby="profiles"><h2 id="profiles">Profiles <span class="count">${profiles.length}</span></h2>
${profiles.length === 0 && html`<p class="card empty">None yet. They appear here as they are uploaded.</p>`}
${profiles.slice(0, shown).map(profileCard)}${more(profiles.length)}</section>
${campaigns(state.campaigns.all)}</div>
<section aria-labelledby="events"><h2 id="events">Events <span class="count">${events.length}</span></h2>
${events.length === 0 && html`<p class="card empty">None yet. They appear here as they are uploaded.</p>`}
${events.slice(0, shown).map(({ event, index }) => eventCard(event, index))}${more(events.length)}</section></div>`;
}

/** Who was reached by what, the latest first; shown once there is a campaign. */
function campaigns(all: readonly Campaign[]): Html | false {
	const latest = ({ messages }: Campaign) => messages.at(-1)?.sentAt ?? '';
	const sorted = [...all].reverse().sort((left, right) => latest(right).localeCompare(latest(left)));
	return (
		all.length > 0 &&
		html`<section aria-labelledby="campaigns"><h2 id="campaigns">Campaigns <span class="count">${all.length}</span></h2>
${sorted.slice(0, shown).map(campaignCard)}${more(all.length)}</section>
`
	);
}

function campaignCard({ id, name: title, channel, status, messages }: Campaign): Html {
	return html`<article class="card entry" data-key="campaign ${id} ${status} ${messages.length}">
<h3>${title}</h3>
<p class="soft">ID <code>${id}</code> · ${channel} · ${status}</p>
${messages.length === 0 && html`<p class="soft">Nobody reached yet</p>`}
${[...messages].reverse().slice(0, shown).map(messageEntry)}${more(messages.length)}
</article>`;
}

function messageEntry(message: Message): Html {
	return html`<p>Message to ${identifiers(message)} · ${time(message.sentAt)}</p>
${Object.keys(message.values).length > 0 && properties(message.values)}`;
}

function more(count: number): Html | false {
	return count > shown && html`<p class="soft">The latest ${shown} are shown.</p>`;
}

function profileCard(profile: StoredProfile): Html {
	return html`<article class="card entry" data-key="profile ${name(profile)} ${profile.updatedAt}">
<h3>${name(profile)}</h3>
<p class="soft">${identifiers(profile)} · updated ${time(profile.updatedAt)}</p>
${properties(profile.profileData)}
</article>`;
}

function eventCard(event: StoredEvent, index: number): Html {
	return html`<article class="card entry" data-key="event ${index}">
<h3>${event.evtName}</h3>
<p class="soft">${identifiers(event)} · ${time(new Date(event.ts * 1000).toISOString())}</p>
${properties(event.evtData)}
</article>`;
}

function name(profile: StoredProfile): string {
	const { Name } = profile.profileData;
	if (typeof Name === 'string' && Name !== '') return Name;
	return identifierKeys.map((key) => profile[key]).find((value) => value !== undefined) ?? '';
}

function identifiers(of: Identifiers): Html {
	return html`${identifierKeys
		.filter((key) => of[key] !== undefined)
		.map((key, index) => html`${index > 0 && ' · '}${key} <code>${of[key]}</code>`)}`;
}

function properties(data: Json): Html {
	const entries = Object.entries(data);
	if (entries.length === 0) return html`<p class="soft">No properties</p>`;
	return html`<dl>${entries.map(([key, value]) => html`<div><dt>${key}</dt><dd>${valueOf(value)}</dd></div>`)}</dl>`;
}

function valueOf(value: unknown): Html {
	if (Array.isArray(value)) {
		return html`<span class="values">${value.map((entry) => html`<span class="value">${text(entry)}</span>`)}</span>`;
	}
	const date = typeof value === 'string' ? /^\$D_(-?\d+)$/.exec(value)?.[1] : undefined;
	if (date !== undefined) {
		const day = new Date(Number(date) * 1000);
		return html`${Number.isNaN(day.getTime()) ? date : time(day.toISOString())} <span class="kind">date</span>`;
	}
	if (typeof value === 'string') return html`${value}`;
	return html`${text(value)} <span class="kind">${typeof value}</span>`;
}

function text(value: unknown): string {
	if (isJson(value)) {
		return Object.entries(value)
			.map(([key, entry]) => `${key}: ${text(entry)}`)
			.join(', ');
	}
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** UTC, to the second. */
function time(iso: string): string {
	return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
