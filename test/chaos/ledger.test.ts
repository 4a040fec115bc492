import { drawLedger, type Begun, type Facts, type Promised, type Report } from './ledger';
import { judge } from './verdict';

const submissionId = 'Z9Z97Go';
const identity = 'aB3xYz';
const profile = { type: 'profile', identity, profileData: { submission: submissionId } };
const event = (run: string) => ({
	type: 'event',
	identity,
	evtName: 'Feedback Given',
	evtData: { submission: submissionId, run },
});

type Upload = Facts['uploads'][number];
const upload = (at: number, taken: Upload['taken'], reply: Upload['reply'] = 'sent'): Upload => ({
	arrivedAt: at,
	taken,
	reply,
});
const begun = (at: number, run: string, isDelivered = true): Begun => ({ at, run, submissionId, isDelivered });
const report = (at: number, run: string, status: Report['status'], reason = ''): Report => ({
	at,
	run,
	submissionId,
	step: 'event',
	status,
	reason,
});
const delivered = { submissionId, attempts: 2, status: 'SUCCEEDED', statusCode: 202 } as const;

/** One submission, delivered twice: run A began at 0, run B at 8. */
function facts(change: Partial<Facts>): Facts {
	return {
		submissions: [{ submissionId, respondentId: identity }],
		deliveries: [delivered],
		begun: [begun(0, 'A'), begun(8, 'B')],
		uploads: [],
		reports: [],
		kills: [],
		...change,
	};
}

/** How many things speak against the ledger: not taken, lost, unexplained, doubled, stray. */
function wrongs(given: Facts, unconfirmed: Promised['unconfirmed'], acknowledge: Promised['acknowledge'] = 'finished') {
	const promised = { unconfirmed, acknowledge };
	return judge(drawLedger(given), given, promised).map(({ wrong }) => wrong.length);
}

const none = [0, 0, 0, 0, 0];
const notTaken = [1, 1, 0, 0, 0];
const lost = [0, 1, 0, 0, 0];
const unexplained = [0, 0, 1, 0, 0];
const doubled = [0, 0, 0, 1, 0];
const stray = [0, 0, 0, 0, 1];

const unknownOutcome = 'An earlier attempt ended without an answer; it is not sent again';
/** Taken in run A, and again in run B. */
const twice = (reply: Upload['reply']) => [upload(1, [profile, event('A')], reply), upload(9, [event('B')])];
/** The trigger read it itself: no log knows it. */
const emitted = { deliveries: [], begun: [begun(0, 'A', false)] };

it.each<[what: string, change: Partial<Facts>, fail: number[], neverTwice: number[]]>([
	['both records are there', { uploads: [upload(1, [profile, event('A')])] }, none, none],
	['both are there, and no log knows it', { ...emitted, uploads: [upload(1, [profile, event('A')])] }, none, none],
	['no run began', { begun: [], deliveries: [{ ...delivered, statusCode: 200 }] }, notTaken, notTaken],
	['no run began, and no log knows it', { begun: [], deliveries: [] }, notTaken, notTaken],
	['nothing is there, and nothing was said', { kills: [1] }, lost, lost],
	['nothing is there, though all is said to be well', { reports: [report(9, 'B', 'accepted')] }, lost, lost],
	['nothing is there, and the last item was refused', { reports: [report(9, 'B', 'refused')] }, none, lost],
	['the same, and no log knows it', { ...emitted, reports: [report(1, 'A', 'refused')] }, none, lost],
	['nothing is there, and nobody knows', { reports: [report(9, 'B', 'unknown')] }, none, none],
	[
		'the event is not there, and the item says that the outcome is unknown',
		{ uploads: [upload(1, [profile])], reports: [report(9, 'B', 'skipped', unknownOutcome)] },
		lost,
		none,
	],
	[
		'the event is not there, though the item says that it is',
		{
			uploads: [upload(1, [profile])],
			reports: [report(2, 'A', 'unknown'), report(9, 'B', 'skipped', 'Uploaded before')],
		},
		lost,
		lost,
	],
	[
		'nothing is there, an early item was refused, and the last run was cut off',
		{ reports: [report(1, 'A', 'refused')], kills: [9] },
		lost,
		lost,
	],
	[
		'only the event is there',
		{ uploads: [upload(9, [event('B')])], reports: [report(9, 'B', 'accepted')] },
		unexplained,
		unexplained,
	],
	['it is there twice, the first answer broken off', { uploads: twice('broken') }, none, doubled],
	['it is there twice, the first answer sent', { uploads: twice('sent') }, doubled, doubled],
	['it is there twice, n8n killed in between', { uploads: twice('sent'), kills: [5] }, none, doubled],
	[
		'it is there twice, n8n killed in between, but only after the item was reported',
		{ uploads: twice('sent'), reports: [report(3, 'A', 'accepted')], kills: [5] },
		doubled,
		doubled,
	],
	[
		'it is there twice, n8n killed in between, and only what another run said lies between',
		{ uploads: twice('sent'), reports: [report(6, 'C', 'refused')], kills: [5] },
		none,
		doubled,
	],
	['it is there twice, n8n killed some other time', { uploads: twice('sent'), kills: [20] }, doubled, doubled],
	[
		'it is there twice, since the first run lived on after a kill',
		{ uploads: twice('sent'), reports: [report(10, 'A', 'accepted')], kills: [0.5] },
		none,
		doubled,
	],
	[
		'it is there twice, since two runs went on at once, and nobody was killed',
		{ uploads: twice('sent'), reports: [report(10, 'A', 'accepted')] },
		doubled,
		doubled,
	],
	[
		'it is there twice by the same run',
		{ uploads: [upload(1, [profile, event('A')]), upload(2, [event('A')])], reports: [report(3, 'A', 'accepted')] },
		doubled,
		doubled,
	],
	[
		'an event of nobody’s submission is there',
		{
			uploads: [
				upload(1, [profile, event('A')]),
				upload(2, [{ ...event('A'), evtData: { submission: 'other', run: 'A' } }]),
			],
		},
		stray,
		stray,
	],
])('%s', (_what, change, fail, neverTwice) => {
	expect(wrongs(facts(change), 'fail')).toEqual(fail);
	expect(wrongs(facts(change), 'neverTwice')).toEqual(neverTwice);
});

it.each<[what: string, change: Partial<Facts>, wrong: number[]]>([
	['its run was cut off by a kill', { begun: [begun(0, 'A')], kills: [1] }, none],
	['its run had not even begun when n8n was killed', { begun: [], kills: [1] }, none],
	['its run said nothing, and nobody was killed since', { begun: [begun(2, 'A')], kills: [1] }, lost],
	[
		'it was answered by somebody else',
		{ begun: [], deliveries: [{ ...delivered, statusCode: 200 }], kills: [1] },
		notTaken,
	],
])('acknowledged when received, a submission may be missing only where %s', (_what, change, wrong) => {
	expect(wrongs(facts(change), 'fail', 'received')).toEqual(wrong);
});

it('counts the runs of a submission, and those that no delivery began', () => {
	const change = { begun: [begun(0, 'A'), begun(8, 'B', false)], deliveries: [delivered, delivered] };
	expect(drawLedger(facts(change))).toMatchObject([{ runs: 2, emitted: 1, attempts: 4, tally: 'SUCCEEDED' }]);
});
