/*
 * Measures the package against what a user would pick instead, and against the limit:
 *
 *     npm run bench                          all cases; writes bench/results.json and bench/chart.svg
 *     npm run bench -- upload-engine         chosen ones; what the others gave before stays
 *     npm run bench -- --quick delivery      fewer sizes and rounds, to try something out; nothing is written
 *
 * Every figure is a ratio of what was measured in the same run, in turns. Whether something holds is
 * said, and never fails the command: the machine decides it too.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import { onLeave } from '../sandbox/processes';
import { type BenchArguments, readArguments } from './arguments';
import type { Case, Scale } from './case';
import { burst } from './cases/burst';
import { delivery } from './cases/delivery';
import { functions } from './cases/functions';
import { hostile } from './cases/hostile';
import { journey } from './cases/journey';
import { memory } from './cases/memory';
import { reading } from './cases/reading';
import { uploadEngine } from './cases/uploadEngine';
import { uploadN8n } from './cases/uploadN8n';
import { uploadOnce } from './cases/uploadOnce';
import { chart } from './chart';
import { killChildren } from './children';
import type { Findings } from './figures';
import { removeSandbox } from './n8n';
import { table, verdicts } from './table';

const cases: readonly Case[] = [
	functions,
	hostile,
	uploadEngine,
	memory,
	reading,
	uploadN8n,
	delivery,
	burst,
	journey,
	uploadOnce,
];

const resultsFile = join(__dirname, 'results.json');
const chartFile = join(__dirname, 'chart.svg');

/** What one case found, and where. */
interface Result extends Findings {
	readonly machine: string;
	readonly takenOn: string;
}
type Results = Record<string, Result>;

function leave(status: number): void {
	killChildren();
	removeSandbox();
	process.exit(status);
}
onLeave(leave);

function machine(): string {
	const processors = cpus();
	const memoryInGb = Math.round(totalmem() / 2 ** 30);
	return `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores, ${memoryInGb} GB, Node ${process.versions.node}`;
}

function before(): Results {
	return existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Results) : {};
}

async function main(): Promise<void> {
	let args: BenchArguments;
	try {
		args = readArguments(
			process.argv.slice(2),
			cases.map(({ name }) => name),
		);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exit(2);
	}
	const scale: Scale = { quick: args.quick, rounds: args.quick ? 3 : 5, warmUp: 1 };
	const results = before();
	const found: Findings[] = [];
	for (const chosen of cases) {
		if (args.cases.length > 0 && !args.cases.includes(chosen.name)) continue;
		const start = Date.now();
		console.log(`\n== ${chosen.title} (${chosen.name})`);
		const findings = await chosen.run(scale, (text) => console.log(`  ${text}`));
		console.log(
			`\n${table(findings.rows)}\n\n${verdicts(findings.claims)}\n  (${Math.round((Date.now() - start) / 1000)} s)`,
		);
		found.push(findings);
		results[chosen.name] = { machine: machine(), takenOn: new Date().toISOString().slice(0, 10), ...findings };
		if (!args.quick) {
			writeFileSync(resultsFile, `${JSON.stringify(results, null, '\t')}\n`);
			writeFileSync(chartFile, chart(Object.values(results).flatMap(({ rows }) => rows)));
		}
	}
	console.log(`\n${table(found.flatMap(({ rows }) => rows))}\n\n${verdicts(found.flatMap(({ claims }) => claims))}`);
}

main().then(
	() => leave(0),
	(error: unknown) => {
		console.error(error);
		leave(1);
	},
);
