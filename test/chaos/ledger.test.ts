import type { Unconfirmed } from './arguments';
import { drawLedger, type Facts, type Report } from './ledger';
import { judge } from './verdict';

const submissionId = 'Z9Z97Go';
const identity = 'aB3xYz';
const profile = { type: 'profile', identity, profileData: { submission: submissionId } };
const event = { type: 'event', identity, evtName: 'Feedback Given', evtData: { submission: submissionId } };

type Upload = Facts['uploads'][number];
const upload = (at: number, taken: Upload['taken'], reply: Upload['reply'] = 'sent'): Upload => ({
	arrivedAt: at,
	taken,
	reply,
});
const report = (at: number, status: Report['status'], reason = ''): Report => ({
	at,
	submissionId,
	step: 'event',
	status,
	reason,
});

/** One submission, delivered twice; the last attempt was answered. */
function facts(change: Partial<Facts>): Facts {
	return {
		submissions: [{ submissionId, respondentId: identity }],
		deliveries: [{ submissionId, attempts: 2, status: 'SUCCEEDED', answered: true }],
		uploads: [],
		reports: [],
		kills: [],
		...change,
	};
}

/** How many things speak against the ledger: lost, unexplained, doubled, stray. */
function wrongs(given: Facts, unconfirmed: Unconfirmed): number[] {
	return judge(drawLedger(given), given, unconfirmed).map(({ wrong }) => wrong.length);
}

const none = [0, 0, 0, 0];
const lost = [1, 0, 0, 0];
const unexplained = [0, 1, 0, 0];
const doubled = [0, 0, 1, 0];
const stray = [0, 0, 0, 1];

const unknownOutcome = 'An earlier attempt ended without an answer; it is not sent again';
const dropped = { submissionId, attempts: 6, status: 'DROPPED', answered: false } as const;
const twice = (reply: Upload['reply']) => [upload(1, [profile, event], reply), upload(9, [event])];

it.each<[what: string, change: Partial<Facts>, fail: number[], neverTwice: number[]]>([
	['both records are there', { uploads: [upload(1, [profile, event])] }, none, none],
	['nothing is there, and nothing was said', { kills: [1] }, lost, lost],
	['nothing is there, though all is said to be well', { reports: [report(1, 'accepted')] }, lost, lost],
	['nothing is there, and the last item was refused', { reports: [report(1, 'refused')] }, none, lost],
	['nothing is there, and nobody knows', { reports: [report(1, 'unknown')] }, none, none],
	[
		'the event is not there, and the item says that the outcome is unknown',
		{ uploads: [upload(1, [profile])], reports: [report(2, 'skipped', unknownOutcome)] },
		lost,
		none,
	],
	[
		'the event is not there, though the item says that it is',
		{ uploads: [upload(1, [profile])], reports: [report(1, 'unknown'), report(2, 'skipped', 'Uploaded before')] },
		lost,
		lost,
	],
	[
		'nothing is there, an early item was refused, and the last attempt was cut off',
		{ deliveries: [dropped], reports: [report(1, 'refused')] },
		lost,
		lost,
	],
	[
		'only the event is there',
		{ uploads: [upload(1, [event])], reports: [report(1, 'accepted')] },
		unexplained,
		unexplained,
	],
	['it is there twice, the first answer broken off', { uploads: twice('broken') }, none, doubled],
	['it is there twice, the first answer sent', { uploads: twice('sent') }, doubled, doubled],
	['it is there twice, n8n killed in between', { uploads: twice('sent'), kills: [5] }, none, doubled],
	[
		'it is there twice, n8n killed in between, but only after the item was reported',
		{ uploads: twice('sent'), reports: [report(3, 'accepted')], kills: [5] },
		doubled,
		doubled,
	],
	['it is there twice, n8n killed some other time', { uploads: twice('sent'), kills: [20] }, doubled, doubled],
	[
		'an event of nobody’s submission is there',
		{ uploads: [upload(1, [profile, event]), upload(2, [{ ...event, evtData: { submission: 'other' } }])] },
		stray,
		stray,
	],
])('%s', (_what, change, fail, neverTwice) => {
	expect(wrongs(facts(change), 'fail')).toEqual(fail);
	expect(wrongs(facts(change), 'neverTwice')).toEqual(neverTwice);
});
