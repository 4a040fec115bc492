import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Another process that takes a lock, and keeps it until it is told to give it up or is killed. */
async function takenElsewhere(name: string) {
	const module = pathToFileURL(join(__dirname, '../../sandbox/lock.mjs')).href;
	const script = `
		const { lock } = await import(${JSON.stringify(module)});
		const { release, holder } = await lock(${JSON.stringify(name)});
		process.stdin.on('data', () => {
			release();
			console.log('given up');
		});
		console.log(holder ?? 'taken');`;
	// The sockets of killed processes stay: they lie where they are removed with the folder.
	const env = { ...process.env, TMPDIR: folder };
	const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env });
	const nextWords = async () => String((await once(child.stdout, 'data'))[0]).trim();
	return {
		pid: child.pid,
		said: await nextWords(),
		giveUp: async () => {
			child.stdin.write('now');
			return await nextWords();
		},
		kill: async () => {
			child.kill('SIGKILL');
			await once(child, 'exit');
		},
	};
}

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lets one in, names it to others, and lets the next in once it is gone, though it was killed', async () => {
	const first = await takenElsewhere(folder);
	expect(first.said).toBe('taken');
	const second = await takenElsewhere(folder);
	expect(second.said).toBe(String(first.pid));
	await second.kill();
	await first.kill();
	const third = await takenElsewhere(folder);
	expect(third.said).toBe('taken');
	await third.kill();
});

it('lets the next in once the first has given it up, though that one still runs', async () => {
	const first = await takenElsewhere(folder);
	expect(await first.giveUp()).toBe('given up');
	const second = await takenElsewhere(folder);
	expect(second.said).toBe('taken');
	await Promise.all([first.kill(), second.kill()]);
});

it('has a lock for each name', async () => {
	const one = await takenElsewhere(folder);
	const other = await takenElsewhere(join(folder, 'deeper'.repeat(50)));
	expect([one.said, other.said]).toEqual(['taken', 'taken']);
	await Promise.all([one.kill(), other.kill()]);
});
