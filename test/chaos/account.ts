import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChaosArguments } from './arguments';
import { named } from './incidents';
import { drawLedger } from './ledger';
import type { Plan } from './plan';
import { factsOf, type Services, type Weather } from './storm';
import { type Check, inWords, judge, tally } from './verdict';

const SHOWN_ROWS = 40;

/** Where whole ledgers and logs are kept. */
export const ledgers = join(__dirname, '..', '..', '.cache', 'chaos');

/** What a run's files are called. */
export const nameOf = ({
	unconfirmed,
	records,
	acknowledge,
	trigger,
	listen,
	ladder,
	repeats,
	seed,
}: ChaosArguments): string =>
	[
		...(trigger === 1.1 ? ['before'] : []),
		...(listen === 'polling' ? [listen] : []),
		unconfirmed,
		records,
		acknowledge,
		...(ladder === 'off' ? ['no-ladder'] : []),
		...(repeats === 'refused' ? ['no-repeats'] : []),
		seed,
	].join('-');

const onALine = (words: string) => `\n                         ${words}`;

/** Draws the ledger, prints it, keeps all of it as `<name>.json`, and gives what is to be held against it. */
export function account(args: ChaosArguments, services: Services, plan: Plan, weather: Weather, name: string): Check[] {
	const facts = factsOf(services, weather);
	const rows = drawLedger(facts);
	const bad = facts.uploads.filter(({ fault }) => fault !== undefined).length;
	const attempts = facts.deliveries.reduce((sum, delivery) => sum + delivery.attempts, 0);
	const emitted = rows.reduce((sum, row) => sum + row.emitted, 0);
	const { habits } = plan;
	const requests = services.tally.requests().map(({ at, method, path, status }) => `${at} ${method} ${path} ${status}`);
	writeFileSync(
		join(ledgers, `${name}.json`),
		JSON.stringify({ ...args, habits, ...weather, ...facts, requests, rows }, null, '\t'),
	);
	console.log(`
Seed                     ${args.seed}
Unconfirmed events       ${args.unconfirmed}, profile and event ${args.records}, acknowledged when ${args.acknowledge}
Submissions              ${rows.length}
Kills                    ${weather.kills.length}, after which ${weather.startsInVain.length} starts of n8n were in vain${weather.startsInVain.map(onALine).join('')}
Incidents                ${weather.incidents.length}${weather.incidents.map(onALine).join('')}
Tally                    ladder ${args.ladder}, repeats of what succeeded ${args.repeats}; submissions ${habits.orderOfSubmissions}, log ${habits.orderOfDeliveries},
                         afterId ${habits.afterIdIsInclusive ? 'inclusive' : 'exclusive'}, clock ${((habits.clockAheadMs ?? 0) / 1000).toFixed(0)} s ahead
Tally's deliveries       ${attempts}
Runs                     ${facts.begun.length}, of which ${emitted} not by a delivery
Uploads                  ${facts.uploads.length}, of which ${bad} met a bad reply

${tally(rows, args)
	.map(([kind, count]) => `${String(count).padStart(7)}  ${kind}`)
	.join('\n')}
`);
	const met = weather.incidents.join(', ');
	const planned = plan.outages.flatMap(({ what }) =>
		what === 'kill' || met.includes(named(what)) ? [] : [`There was none: ${named(what)}`],
	);
	if (weather.kills.length < args.kills) planned.push(`${weather.kills.length} kills were done`);
	const special = rows.filter(({ profile, events }) => !profile || events !== 1).map(inWords);
	for (const line of special.slice(0, SHOWN_ROWS)) console.log(`  ${line}`);
	if (special.length > SHOWN_ROWS) console.log(`  … and ${special.length - SHOWN_ROWS} more`);
	return [
		...judge(rows, facts, args),
		args.listen === 'polling'
			? {
					title: 'n8n has no webhook at Tally',
					wrong: services.tally.webhooks().map(({ url }) => url),
				}
			: {
					title: 'n8n has one webhook at Tally, which is on, and made it right each time',
					wrong: [...weather.unmended, ...wrongWebhooks(services)],
				},
		{
			title:
				'All went as planned: each submission sent, each kill and incident done, bad replies given, and it came to rest',
			wrong: [
				...(rows.length < args.submissions ? [`${rows.length} submissions were sent`] : []),
				...planned,
				...(weather.cameToRest ? [] : ['Something still moved when the time was over']),
				...(args.bad > 0 && bad === 0 ? ['CleverTap never answered badly'] : []),
			],
		},
		{
			title: 'Neither service saw a request that breaks its API description',
			wrong: [...services.tally.violations(), ...services.cleverTap.violations()],
		},
	];
}

/** What is not as it has to be of n8n's webhooks at Tally. */
function wrongWebhooks({ tally: service }: Services): string[] {
	const there = service.webhooks();
	const on = there.filter(({ isEnabled }) => isEnabled).length;
	return there.length === 1 && on === 1 ? [] : [`At the end there are ${there.length}, ${on} of them on`];
}

/**
 * Prints how each check went, the count of both kinds last.
 *
 * @param report a file for the count, as JSON
 * @returns the exit status
 */
export function conclude(checks: readonly Check[], report?: string): number {
	console.log('');
	for (const { title, wrong } of checks) {
		console.log(`${wrong.length === 0 ? 'passed' : 'FAILED'}  ${title}`);
		for (const line of wrong) console.log(`          ${line}`);
	}
	const failed = checks.filter(({ wrong }) => wrong.length > 0).length;
	const count = { passed: checks.length - failed, failed };
	if (report !== undefined) writeFileSync(report, JSON.stringify(count));
	console.log(`\n${count.passed} passed, ${count.failed} failed`);
	return failed > 0 ? 1 : 0;
}
