import type { SeenUpload } from '../../sandbox/clevertap/uploads';
import { valueAt } from '../../sandbox/n8n-json';
import type { DeliveryStatus } from '../../sandbox/tally/deliveries';
import type { Unconfirmed } from './arguments';

/** What a CleverTap node said of an item; times are milliseconds since 1970. */
export interface Report {
	readonly at: number;
	readonly submissionId: string;
	readonly step: 'profile' | 'event';
	readonly status: 'accepted' | 'skipped' | 'refused' | 'unknown';
	readonly reason: string;
}

/** How Tally's delivery of a submission ended. */
export interface Delivery {
	readonly submissionId: string;
	readonly attempts: number;
	readonly status: DeliveryStatus;
	/** Whether the last attempt got an answer: then the workflow ran to its end. */
	readonly answered: boolean;
	/** The start of that answer. */
	readonly answer?: string;
}

/** All that is known when nothing moves any more. */
export interface Facts {
	readonly submissions: ReadonlyArray<{ submissionId: string; respondentId: string }>;
	readonly deliveries: readonly Delivery[];
	readonly uploads: ReadonlyArray<Pick<SeenUpload, 'arrivedAt' | 'taken' | 'reply' | 'fault'>>;
	readonly reports: readonly Report[];
	/** When n8n was killed, in milliseconds since 1970. */
	readonly kills: readonly number[];
}

/** Why CleverTap has an event more than once. */
export type Doubling =
	/** CleverTap's answer never came through. */
	| 'reply broken off'
	/** It came, but n8n was killed before the node had said a word of it. */
	| 'killed before noted'
	| 'no reason';

/** What became of one submission. */
export interface Row {
	readonly submissionId: string;
	readonly attempts: number;
	readonly tally: DeliveryStatus | 'never delivered';
	readonly profile: boolean;
	readonly events: number;
	/** One for each time too many. */
	readonly doublings: readonly Doubling[];
	/** What the last item said; none where the last attempt was cut off. */
	readonly item?: Pick<Report, 'step' | 'status' | 'reason'>;
	/** What Tally was answered last. */
	readonly answer?: string;
}

interface Take {
	readonly at: number;
	readonly reply: SeenUpload['reply'];
}

/** One row per submission, in the order in which they were sent. */
export function drawLedger({ submissions, deliveries, uploads, reports, kills }: Facts): Row[] {
	const profiles = new Set<unknown>();
	const takes = new Map<unknown, Take[]>();
	for (const { arrivedAt, taken, reply } of uploads) {
		for (const record of taken) {
			if (record.type === 'profile') profiles.add(valueAt(record, ['profileData', 'submission']));
			const id = submissionOf(record);
			if (id !== undefined) takes.set(id, [...(takes.get(id) ?? []), { at: arrivedAt, reply }]);
		}
	}
	return submissions.map(({ submissionId }) => {
		const own = takes.get(submissionId) ?? [];
		const said = reports.filter((report) => report.submissionId === submissionId);
		const delivery = deliveries.find((candidate) => candidate.submissionId === submissionId);
		const last = delivery?.answered ? said.at(-1) : undefined;
		return {
			submissionId,
			attempts: delivery?.attempts ?? 0,
			tally: delivery?.status ?? 'never delivered',
			profile: profiles.has(submissionId),
			events: own.length,
			doublings: own.slice(0, -1).map((take, index): Doubling => {
				if (take.reply === 'broken') return 'reply broken off';
				const next = own[index + 1]?.at ?? Infinity;
				const isBetween = (at: number) => at >= take.at && at <= next;
				const wasNoted = said.some(({ at }) => isBetween(at));
				return !wasNoted && kills.some(isBetween) ? 'killed before noted' : 'no reason';
			}),
			...(delivery?.answer ? { answer: delivery.answer } : {}),
			...(last ? { item: { step: last.step, status: last.status, reason: last.reason } } : {}),
		};
	});
}

/** Submissions that CleverTap has events of, though nobody sent them. */
export function strays({ submissions, uploads }: Facts): unknown[] {
	const sent = new Set<unknown>(submissions.map(({ submissionId }) => submissionId));
	const taken = uploads.flatMap((upload) => upload.taken).filter(({ type }) => type === 'event');
	return taken.map(submissionOf).filter((id) => !sent.has(id));
}

function submissionOf(record: unknown): unknown {
	return valueAt(record, ['evtData', 'submission']);
}

export function isMissing({ profile, events }: Row): boolean {
	return !profile || events === 0;
}

/**
 * Whether the last item accounts for what is missing. With *never twice* only one that says that the
 * outcome is unknown does; otherwise any that failed, since Tally then sends the submission again
 * until it gives up.
 */
export function isExplained({ item }: Row, unconfirmed: Unconfirmed): boolean {
	if (item === undefined) return false;
	if (item.status === 'unknown') return true;
	if (unconfirmed === 'fail') return item.status === 'refused';
	return item.status === 'skipped' && item.reason.includes('ended without an answer');
}

/** Whether CleverTap may have the event as often as it does. */
export function isDoubledRightly({ doublings }: Row, unconfirmed: Unconfirmed): boolean {
	return unconfirmed === 'fail' ? !doublings.includes('no reason') : doublings.length === 0;
}
