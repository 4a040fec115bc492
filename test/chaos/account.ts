import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChaosArguments } from './arguments';
import { drawLedger, type Report } from './ledger';
import { factsOf, type Services, type Weather } from './storm';
import { type Check, inWords, judge, tally } from './verdict';

const SHOWN_ROWS = 40;

/** Where whole ledgers and logs are kept. */
export const ledgers = join(__dirname, '..', '..', '.cache', 'chaos');

/** What a run's files are called. */
export const nameOf = ({ unconfirmed, records, acknowledge, seed }: ChaosArguments): string =>
	[unconfirmed, records, acknowledge, seed].join('-');

/** Draws the ledger, prints it, keeps all of it as `<name>.json`, and gives what is to be held against it. */
export function account(
	args: ChaosArguments,
	services: Services,
	weather: Weather,
	reports: readonly Report[],
	name: string,
): Check[] {
	const facts = factsOf(services, weather, reports);
	const rows = drawLedger(facts);
	const bad = facts.uploads.filter(({ fault }) => fault !== undefined).length;
	const attempts = facts.deliveries.reduce((sum, delivery) => sum + delivery.attempts, 0);
	writeFileSync(join(ledgers, `${name}.json`), JSON.stringify({ ...args, ...facts, rows }, null, '\t'));
	console.log(`
Seed                     ${args.seed}
Unconfirmed events       ${args.unconfirmed}, profile and event ${args.records}, acknowledged when ${args.acknowledge}
Submissions              ${rows.length}
Kills                    ${weather.kills.length}, after which n8n ended ${weather.startsInVain} starts of its own accord
Tally's deliveries       ${attempts}, of which ${weather.redelivered} asked for after Tally had given up
Uploads                  ${facts.uploads.length}, of which ${bad} met a bad reply

${tally(rows, args.unconfirmed)
	.map(([kind, count]) => `${String(count).padStart(7)}  ${kind}`)
	.join('\n')}
`);
	const special = rows.filter(({ profile, events }) => !profile || events !== 1).map(inWords);
	for (const line of special.slice(0, SHOWN_ROWS)) console.log(`  ${line}`);
	if (special.length > SHOWN_ROWS) console.log(`  … and ${special.length - SHOWN_ROWS} more`);
	return [
		...judge(rows, facts, args.unconfirmed),
		{
			title: 'All went as planned: each submission sent, each kill done, bad replies given',
			wrong: [
				...(rows.length < args.submissions ? [`${rows.length} submissions were sent`] : []),
				...(weather.kills.length < args.kills ? [`${weather.kills.length} kills were done`] : []),
				...(args.bad > 0 && bad === 0 ? ['CleverTap never answered badly'] : []),
			],
		},
		{
			title: 'Neither service saw a request that breaks its API description',
			wrong: [...services.tally.violations(), ...services.cleverTap.violations()],
		},
	];
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
