import type { SeenUpload } from '../../sandbox/clevertap/uploads';
import { valueAt } from '../../sandbox/n8n-json';
import type { DeliveryStatus } from '../../sandbox/tally/deliveries';
import type { ChaosArguments } from './arguments';

/** A run of the workflow, by the report of its trigger's item; times are milliseconds since 1970. */
export interface Begun {
	readonly at: number;
	/** n8n's execution. One whose worker was killed may begin again under the same id. */
	readonly run: string;
	readonly submissionId: string;
	/** By a delivery of Tally's; else the trigger read the submission itself. */
	readonly isDelivered: boolean;
}

/** What a CleverTap node said of an item. */
export interface Report {
	readonly at: number;
	readonly run: string;
	readonly submissionId: string;
	readonly step: 'profile' | 'event';
	readonly status: 'accepted' | 'skipped' | 'refused' | 'unknown';
	readonly reason: string;
}

/** An entry of Tally's log, as it is when nothing moves any more. */
export interface Delivery {
	readonly submissionId: string;
	readonly attempts: number;
	readonly status: DeliveryStatus;
	/** What Tally was answered last; null where no answer came. */
	readonly statusCode: number | null;
	/** The start of that answer. */
	readonly answer?: string;
}

/** All that is known when nothing moves any more. */
export interface Facts {
	readonly submissions: ReadonlyArray<{ submissionId: string; respondentId: string }>;
	readonly deliveries: readonly Delivery[];
	readonly uploads: ReadonlyArray<Pick<SeenUpload, 'arrivedAt' | 'taken' | 'reply' | 'fault'>>;
	readonly begun: readonly Begun[];
	readonly reports: readonly Report[];
	/** When n8n, or a part of it, was killed, in milliseconds since 1970. */
	readonly kills: readonly number[];
}

/** Why CleverTap has an event more than once. */
export type Doubling =
	/** CleverTap's answer never came through. */
	| 'reply broken off'
	/** It came, but n8n was killed before the node had said a word of it. */
	| 'killed before noted'
	/** The run lived on at a worker when another part of n8n was killed, and another run began before it ended. */
	| 'outlived a kill'
	| 'no reason';

/** What became of one submission. */
export interface Row {
	readonly submissionId: string;
	/** Of Tally's, to deliver it. */
	readonly attempts: number;
	readonly tally: DeliveryStatus | 'never delivered';
	readonly runs: number;
	/** How many of them no delivery began. */
	readonly emitted: number;
	readonly profile: boolean;
	readonly events: number;
	/** One for each time too many. */
	readonly doublings: readonly Doubling[];
	/** What the last item said; none where the last run was cut off. */
	readonly item?: Pick<Report, 'step' | 'status' | 'reason'>;
	/** What Tally was answered last. */
	readonly answer?: string;
	/** A run of it began, or Tally was answered by the trigger. */
	readonly isTaken: boolean;
	/** n8n was killed after the last run had begun, and that run said nothing more. */
	readonly isCutOff: boolean;
}

/** What the trigger answers to what it has taken. */
const TAKEN = 202;

interface Take {
	readonly at: number;
	readonly run: string;
	readonly reply: SeenUpload['reply'];
}

/** One row per submission, in the order in which they were sent. */
export function drawLedger({ submissions, deliveries, uploads, begun, reports, kills }: Facts): Row[] {
	const profiles = new Set<unknown>();
	const takes = new Map<unknown, Take[]>();
	for (const { arrivedAt, taken, reply } of uploads) {
		for (const record of taken) {
			if (record.type === 'profile') profiles.add(valueAt(record, ['profileData', 'submission']));
			const id = submissionOf(record);
			if (id === undefined) continue;
			const take = { at: arrivedAt, run: String(valueAt(record, ['evtData', 'run'])), reply };
			takes.set(id, [...(takes.get(id) ?? []), take]);
		}
	}
	return submissions.map(({ submissionId }) => {
		const isOwn = (other: { submissionId: string }) => other.submissionId === submissionId;
		const own = takes.get(submissionId) ?? [];
		const runs = begun.filter(isOwn);
		const said = reports.filter(isOwn);
		const logged = deliveries.filter(isOwn);
		const last = runs.at(-1);
		const item = last && said.filter(({ run, at }) => run === last.run && at >= last.at).at(-1);
		const answer = logged.at(-1)?.answer;
		return {
			submissionId,
			attempts: logged.reduce((sum, { attempts }) => sum + attempts, 0),
			tally: logged.at(-1)?.status ?? 'never delivered',
			runs: runs.length,
			emitted: runs.filter(({ isDelivered }) => !isDelivered).length,
			profile: profiles.has(submissionId),
			events: own.length,
			doublings: own.slice(0, -1).map((take, index) => whyAgain(take, own[index + 1] ?? take, runs, said, kills)),
			...(item ? { item: { step: item.step, status: item.status, reason: item.reason } } : {}),
			...(answer ? { answer } : {}),
			isTaken: runs.length > 0 || logged.some(({ statusCode }) => statusCode === TAKEN),
			isCutOff: item === undefined && kills.some((at) => at >= (last?.at ?? 0)),
		};
	});
}

/** Why an event was sent again after CleverTap had taken it. */
function whyAgain(
	take: Take,
	next: Take,
	runs: readonly Begun[],
	said: readonly Report[],
	kills: readonly number[],
): Doubling {
	if (take.reply === 'broken') return 'reply broken off';
	const wasKilled = (since: number) => kills.some((at) => at >= since && at <= next.at);
	const noted = said.find(({ run, step, at }) => run === take.run && step === 'event' && at >= take.at);
	if (noted === undefined) return wasKilled(take.at) ? 'killed before noted' : 'no reason';
	if (noted.at <= next.at || next.run === take.run) return 'no reason';
	const begin = runs.filter(({ run, at }) => run === take.run && at <= take.at).at(-1)?.at ?? take.at;
	return wasKilled(begin) ? 'outlived a kill' : 'no reason';
}

/** Submissions that CleverTap has events of, though nobody sent them. */
export function strays({ submissions, uploads }: Pick<Facts, 'submissions' | 'uploads'>): unknown[] {
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

/** What the verdict on a row depends on. */
export type Promised = Pick<ChaosArguments, 'unconfirmed' | 'acknowledge'>;

/**
 * Whether the last item accounts for what is missing. With *never twice* only one that says that the
 * outcome is unknown does; otherwise any that failed, since the submission then comes again until that
 * is given up. What was acknowledged when received, and cut off by a kill, does not come again.
 */
export function isExplained(row: Row, { unconfirmed, acknowledge }: Promised): boolean {
	const { item } = row;
	if (item === undefined) return acknowledge === 'received' && row.isTaken && row.isCutOff;
	if (item.status === 'unknown') return true;
	if (unconfirmed === 'fail') return item.status === 'refused';
	return item.status === 'skipped' && item.reason.includes('ended without an answer');
}

/** Whether a submission has all that it is to have, or its item says why not. */
export function hasOutcome(row: Row, promised: Promised): boolean {
	return !isMissing(row) || isExplained(row, promised);
}

/** Whether CleverTap may have the event as often as it does. */
export function isDoubledRightly({ doublings }: Row, { unconfirmed }: Promised): boolean {
	return unconfirmed === 'fail' ? !doublings.includes('no reason') : doublings.length === 0;
}
