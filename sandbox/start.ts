/*
 * The demo: a local Tally, a local CleverTap, and a real n8n between them with the package installed.
 *
 *     npm start              runs until Ctrl-C; n8n keeps what was made in it
 *     npm start -- --once    sends one submission through a fresh n8n and ends
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCleverTap, startCleverTap } from './clevertap/clevertap';
import { byHand } from './credentialsByHand';
import { filledExample, type Filling, sandboxCredentials } from './example';
import { lock } from './lock.mjs';
import { type N8n, owner, startN8n } from './n8n';
import type { N8nClient } from './n8n-client';
import { textAt } from './n8n-json';
import { installPackage, listPackage, packageName, packPackage } from './n8n-package';
import { freePort } from './ports';
import { onLeave } from './processes';
import { progress } from './progress.mjs';
import { sampleAnswers } from './tally/sampleForm';
import { type LocalTally, startTally } from './tally/tally';

/** The main job, and what follows from it: a campaign that speaks to who sent the form. */
const examples = ['tally-feedback-to-clevertap.json', 'thank-promoters-ask-detractors.json'] as const;
const cache = join(__dirname, '..', '.cache');
/** The same addresses at every start, where nobody else has them. */
const ports = { n8n: 5690, tally: 5691, cleverTap: 5692 };
const once = process.argv.includes('--once');

/** What is to be ended, newest first. */
const undo: Array<() => Promise<void> | void> = [];
let ending: Promise<void> | undefined;

async function endEverything(): Promise<void> {
	for (const end of undo.splice(0).reverse()) await end();
}

function leave(status: number): void {
	// A second Ctrl-C: whatever still runs dies with this process.
	if (ending) process.exit(status);
	ending = endEverything().finally(() => process.exit(status));
}

onLeave((status) => {
	console.log('\nStopping …');
	// To end the demo is what Ctrl-C is for.
	leave(once ? status : 0);
});
// A closed terminal takes the output, not the time to end in order.
process.stdout.on('error', () => undefined);

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const finish = progress(title);
	try {
		const result = await work();
		finish('done');
		return result;
	} catch (error) {
		finish('failed');
		throw error;
	}
}

/** Creates the sandbox's credentials, or points those of the last start to the services of this one. */
async function connect(client: N8nClient, tally: LocalTally, cleverTap: LocalCleverTap) {
	const known = await client.credentials();
	const entries = Object.entries(sandboxCredentials(tally, cleverTap)).map(async ([type, draft]) => {
		const found = known.find((credential) => credential.type === type && credential.name === draft.name);
		if (found) await client.updateCredential(found.id, draft);
		const id = found?.id ?? (await client.createCredential(draft));
		const { ok, message } = await client.testCredential({ ...draft, id });
		if (!ok) throw new Error(`n8n's test of the credential "${draft.name}" says: ${message}`);
		return [type, { id, name: draft.name }] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

/**
 * Publishes an example and returns its id. One that is there from the last start stays as its user left it,
 * unless the example itself has changed since.
 */
async function publishExample(n8n: N8n, example: string, filling: Filling): Promise<string> {
	const draft = await filledExample(example, filling);
	const version = createHash('sha256')
		.update(await readFile(join(__dirname, '..', 'examples', example)))
		.digest('hex');

	const note = join(n8n.userFolder, `${example}.note`);
	const last = existsSync(note)
		? (JSON.parse(readFileSync(note, 'utf8')) as { id: string; version: string })
		: undefined;
	let id = last && (await n8n.client.workflow(last.id)) ? last.id : undefined;
	// The local Tally starts empty: only publishing anew registers the webhook there.
	if (id) await n8n.client.unpublish(id);
	if (id && last?.version !== version) await n8n.client.updateWorkflow(id, draft);
	id ??= await n8n.client.createWorkflow(draft);
	writeFileSync(note, JSON.stringify({ id, version }));
	await n8n.client.publish(id);
	return id;
}

function print(title: string, record: Record<string, unknown>): void {
	console.log(`\n  ${title}`);
	const width = Math.max(...Object.keys(record).map((name) => name.length));
	for (const [name, value] of Object.entries(record)) {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		console.log(`    ${name.padEnd(width)}  ${text.replaceAll('\n', ' ')}`);
	}
}

/** What to enter in the editor, a line for each field. */
function credentialsByHand(tally: LocalTally, cleverTap: LocalCleverTap): string {
	return byHand(Object.values(sandboxCredentials(tally, cleverTap)))
		.flatMap(({ credential, fields }) =>
			fields.map(([label, value], index) => `  ${(index === 0 ? credential : '').padEnd(15)} ${label}: ${value}\n`),
		)
		.join('');
}

/** What of the two records and the message is not as the submission says; nothing if all is right. */
function differences(
	profile: Record<string, unknown>,
	event: { evtData: Record<string, unknown>; ts: number },
	campaign: string,
): string[] {
	const expected: Array<[what: string, found: unknown, wanted: unknown]> = [
		["the profile's Name", profile.Name, sampleAnswers["What's your name?"]],
		["the profile's Email", profile.Email, sampleAnswers['Your email']],
		["the profile's Last Rating", profile['Last Rating'], sampleAnswers['Rate us']],
		["the profile's Topics", profile.Topics, sampleAnswers.Topics],
		['the event\'s "Your email"', event.evtData['Your email'], sampleAnswers['Your email']],
		['the event\'s "Rate us"', event.evtData['Rate us'], sampleAnswers['Rate us']],
		['the event\'s "utm_source"', event.evtData.utm_source, sampleAnswers.utm_source],
		['the campaign', campaign, 'Thank you'],
		["the event's time, to the minute", Math.abs(event.ts * 1000 - Date.now()) < 60_000, true],
	];
	return expected
		.filter(([, found, wanted]) => JSON.stringify(found) !== JSON.stringify(wanted))
		.map(([what, found, wanted]) => `${what} is ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

/** Sends one submission and shows what CleverTap then holds. Returns what is wrong with it. */
async function sendOneThrough(
	n8n: N8n,
	workflowId: string,
	tally: LocalTally,
	cleverTap: LocalCleverTap,
): Promise<string[]> {
	const email = textAt(sampleAnswers, ['Your email']);
	try {
		await step('Sending one submission through', async () => {
			await tally.submit(sampleAnswers);
			await cleverTap.until(
				({ profiles, events, campaigns: all }) =>
					profiles.some(({ identity, profileData }) => identity === email && profileData.Email !== undefined) &&
					events.some(({ identity, evtName }) => identity === email && evtName === 'Feedback Given') &&
					all.some(({ messages }) => messages.length > 0),
				30_000,
			);
		});
	} catch (error) {
		const [newest] = await n8n.client.executions(workflowId);
		const ended = newest && (await n8n.client.execution(newest.id));
		const delivery = tally.deliveries().at(-1);
		return [
			error instanceof Error ? error.message : String(error),
			delivery ? `Tally's delivery log: ${JSON.stringify(delivery)}` : 'Tally has delivered nothing',
			ended
				? `n8n's execution ended with ${ended.status}${ended.errorMessage ? `: ${ended.errorMessage}` : ''}`
				: 'n8n has executed nothing',
		];
	}
	const profile = cleverTap.profiles().find(({ identity }) => identity === email);
	const event = cleverTap.events().find(({ identity, evtName }) => identity === email && evtName === 'Feedback Given');
	const reached = cleverTap.campaigns().find(({ messages }) => messages.length > 0);
	if (!profile || !event || !reached) return ['CleverTap does not hold both records and the message'];
	print(`The profile that CleverTap holds: ${email}`, profile.profileData);
	print(`The event that CleverTap holds: ${event.evtName}, ${new Date(event.ts * 1000).toISOString()}`, event.evtData);
	print(`The campaign that reached ${email}: ${reached.name}`, reached.messages[0]?.values ?? {});
	return differences(profile.profileData, event, reached.name);
}

async function main(): Promise<void> {
	const userFolder = once ? await mkdtemp(join(tmpdir(), 'n8n-demo-')) : join(cache, 'demo');
	if (once) undo.push(() => rmSync(userFolder, { recursive: true, force: true }));
	else {
		const { release, holder } = await lock(userFolder);
		// Two demos must not share one database.
		if (!release) throw new Error(`The demo is running already (process ${holder}). End that one first.`);
		undo.push(release);
	}

	await step('Building the package and installing it into n8n', async () => {
		await installPackage(await packPackage(), userFolder);
	});
	const tally = await startTally({ port: await freePort(ports.tally) });
	undo.push(() => tally.close());
	const cleverTap = await startCleverTap({ port: await freePort(ports.cleverTap) });
	undo.push(() => cleverTap.close());
	const campaigns = {
		'Ask What Went Wrong': cleverTap.addCampaign({ name: 'What went wrong?', channel: 'email' }),
		'Say Thank You': cleverTap.addCampaign({ name: 'Thank you', channel: 'email' }),
	};
	const n8n = await step('Starting n8n', async () => await startN8n({ userFolder, port: ports.n8n }));
	undo.push(() => n8n.stop());
	const [workflowId, campaignWorkflowId] = await step('Publishing two example workflows', async () => {
		const name = await packageName();
		await listPackage(name, userFolder, await n8n.client.nodeTypes(name));
		const credentials = await connect(n8n.client, tally, cleverTap);
		const filling = { formId: tally.formId, formName: 'Feedback', credentials, campaigns };
		return [await publishExample(n8n, examples[0], filling), await publishExample(n8n, examples[1], filling)] as const;
	});

	const wrong = await sendOneThrough(n8n, workflowId, tally, cleverTap);
	if (wrong.length > 0) {
		console.error(`\nThe submission did not arrive as it should:\n${wrong.map((line) => `  - ${line}`).join('\n')}`);
		console.error(`  n8n's log: ${n8n.logFile}`);
	}
	if (once) {
		if (wrong.length === 0) console.log('\nBoth records and the message are right.');
		return leave(wrong.length === 0 ? 0 : 1);
	}
	console.log(`
Look around:
  n8n editor      ${n8n.url}/workflow/${workflowId}
                  log in as ${owner.email} with the password ${owner.password}
  Form page       ${tally.formUrl()}
                  fill it in and send it, once with one star
  CleverTap page  ${cleverTap.pageUrl()}
                  shows profiles, events and messages as they arrive
  Second example  ${n8n.url}/workflow/${campaignWorkflowId}
                  one star leads to the campaign "What went wrong?", five to "Thank you"

To make the credentials by hand, in workflows of your own:
${credentialsByHand(tally, cleverTap)}
What you make in this n8n is kept for the next start (in .cache/demo). Ctrl-C ends everything.`);
}

main().catch((error: unknown) => {
	if (ending) return;
	console.error(`\n${error instanceof Error ? error.message : String(error)}`);
	leave(1);
});
