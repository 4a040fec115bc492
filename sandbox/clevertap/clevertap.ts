import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { loadContract } from '../contract';
import { registerApi } from './api';
import type { SeenRequest } from './api';
import type { Campaign, NewCampaign } from './campaigns';
import type { StoredEvent } from './events';
import type { Fault, ReadFault } from './faults';
import { registerPage } from './page';
import type { StoredProfile } from './profiles';
import type { Segment } from './segments';
import { State } from './state';
import type { SeenUpload } from './uploads';

export interface LocalCleverTapOptions {
	/** Default: a free one. */
	port?: number;
	/** Default `TEST-SAN-DBO-X000`. */
	accountId?: string;
	/** Default `sandbox-passcode`. */
	passcode?: string;
	/** How long every upload takes, in milliseconds; default 0. */
	delayMs?: number;
	/** Uploads at the same time before 429; default 15. */
	parallelLimit?: number;
	/** Names of events that the account discards: refused with 528. */
	discardedEvents?: readonly string[];
	/** What an upload meets, by its number from 1, where `failNext` has nothing for it. */
	onUpload?: (number: number) => Fault | undefined;
}

export interface CleverTapState {
	profiles: readonly StoredProfile[];
	events: readonly StoredEvent[];
	campaigns: readonly Campaign[];
}

export interface LocalCleverTap {
	/** http://127.0.0.1:PORT, base of the REST API. */
	readonly url: string;
	readonly accountId: string;
	readonly passcode: string;
	/** The page that shows profiles and events as they arrive. */
	pageUrl(): string;
	profiles(): readonly StoredProfile[];
	/** Oldest first. */
	events(): readonly StoredEvent[];
	/** Oldest first, each with whom it reached. */
	campaigns(): readonly Campaign[];
	segments(): readonly Segment[];
	/** Makes a campaign that external triggers start, as somebody does in the dashboard; gives its ID. */
	addCampaign(campaign: NewCampaign): number;
	/** Every request to the API, oldest first; status 0 where none was sent. */
	requests(): readonly SeenRequest[];
	/** Every upload with what was taken of it and what became of its answer, oldest first. */
	uploads(): readonly SeenUpload[];
	/**
	 * Requests that broke the API description without a documented refusal, one line each, without
	 * their values.
	 */
	violations(): readonly string[];
	/** The next upload meets this fault; several queue up. */
	failNext(fault: Fault): void;
	/** The next request that is no upload meets this fault; several queue up. */
	failNextRead(fault: ReadFault): void;
	/** Resolves as soon as the test is true; rejects after `timeoutMs`. */
	until(test: (state: CleverTapState) => boolean, timeoutMs: number): Promise<void>;
	close(): Promise<void>;
}

/** Starts a local CleverTap on 127.0.0.1 with an empty account. Nothing is kept on disk. */
export async function startCleverTap(options: LocalCleverTapOptions = {}): Promise<LocalCleverTap> {
	const accountId = options.accountId ?? 'TEST-SAN-DBO-X000';
	const passcode = options.passcode ?? 'sandbox-passcode';
	const state = new State();
	const requests: SeenRequest[] = [];
	const violations: string[] = [];
	const faults: Fault[] = [];
	const readFaults: ReadFault[] = [];
	const uploads: SeenUpload[] = [];

	const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024 });
	// Bodies are read as bytes: what is wrong with them gets CleverTap's words, not the server's.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	registerApi(app, {
		state,
		contract: await loadContract('clevertap.yaml'),
		accountId,
		passcode,
		delayMs: options.delayMs ?? 0,
		parallelLimit: options.parallelLimit ?? 15,
		discarded: options.discardedEvents ?? [],
		requests,
		violations,
		faultOf: (number) => faults.shift() ?? options.onUpload?.(number),
		readFault: () => readFaults.shift(),
		uploads,
	});
	registerPage(app, state);
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
	const current = (): CleverTapState => ({
		profiles: state.profiles.all(),
		events: state.events,
		campaigns: state.campaigns.all,
	});

	return {
		url,
		accountId,
		passcode,
		pageUrl: () => `${url}/`,
		profiles: () => state.profiles.all(),
		events: () => state.events,
		campaigns: () => state.campaigns.all,
		segments: () => state.segments,
		addCampaign: (campaign) => {
			const { id } = state.campaigns.addTriggered(campaign);
			state.changed();
			return id;
		},
		requests: () => requests,
		uploads: () => uploads,
		violations: () => violations,
		failNext: (fault) => {
			faults.push(fault);
		},
		failNextRead: (fault) => {
			readFaults.push(fault);
		},
		until: async (test, timeoutMs) => {
			if (test(current())) return;
			await new Promise<void>((resolve, reject) => {
				const timer = setTimeout(() => {
					unwatch();
					const { profiles, events } = current();
					reject(
						new Error(
							`Not within ${timeoutMs} ms; CleverTap holds ${profiles.length} profiles and ${events.length} events`,
						),
					);
				}, timeoutMs);
				const unwatch = state.watch(() => {
					if (!test(current())) return;
					clearTimeout(timer);
					unwatch();
					resolve();
				});
			});
		},
		close: async () => await app.close(),
	};
}
