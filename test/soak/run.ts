/*
 * Runs two real n8n side by side under the same mixed load, one with the package's nodes, one with
 * n8n's own, and compares how their memory grows:
 *
 *     npm run test:soak -- --minutes 30 --seed 1 --pace 1000
 *
 * The last line counts what was checked: `N passed, N failed`. Samples, ledger and n8n's logs stay in
 * .cache/soak. Linux only: resident memory is read from /proc.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onLeave } from '../../sandbox/processes';
import { progress } from '../../sandbox/progress.mjs';
import { conclude } from '../chaos/account';
import type { Check } from '../chaos/verdict';
import { account, kept } from './account';
import { readArguments, type SoakArguments, usage } from './arguments';
import { nothingDone } from './deeds';
import { type Sample, soak } from './load';
import { drawSteps } from './plan';
import { removeFolders, type Sides, startSides } from './side';

/** n8n ends with this process; its throw-away folder has to be ended by hand. */
function leave(status: number): void {
	removeFolders();
	process.exit(status);
}
onLeave(leave);

async function run(args: SoakArguments): Promise<Check[]> {
	const plan = drawSteps(args);
	mkdirSync(kept, { recursive: true });
	let sides: Sides | undefined;
	try {
		const starting = progress('Starting two n8n');
		sides = await startSides(plan).finally(() => starting('over'));
		const done = nothingDone();
		const samples: Sample[] = [];
		const finish = progress(`${plan.steps.length} steps in ${args.minutes} minutes, and pauses to measure`);
		await soak(sides, plan, done, (sample) => {
			samples.push(sample);
			writeFileSync(join(kept, `${args.seed}-samples.json`), JSON.stringify(samples, null, '\t'));
			const live = [sample.ours, sample.plain].map(({ heap, outside }) => ((heap + outside) / 1e6).toFixed(1));
			console.log(`  ${sample.submissions} submissions, live memory ${live.join(' and ')} MB`);
		}).finally(() => finish('over'));
		return account(args, sides, done, samples);
	} finally {
		for (const side of sides ? [sides.ours, sides.plain] : []) {
			copyFileSync(side.n8n.logFile, join(kept, `${args.seed}-${side.name}.log`));
			await side.close();
		}
		removeFolders();
	}
}

async function main(): Promise<void> {
	let args: SoakArguments;
	try {
		args = readArguments(process.argv.slice(2));
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
		process.exit(2);
	}
	console.log(`Seed ${args.seed}`);
	process.exitCode = conclude(await run(args), args.report);
}

main().catch((error: unknown) => {
	console.error(error);
	leave(1);
});
