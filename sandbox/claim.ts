import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** How long a port may take to answer; whoever holds a claim answers at once. */
const patienceMs = 2000;

/**
 * Makes sure that one process at a time uses a folder. The claim is a port of 127.0.0.1 that
 * answers with a word written in the folder: it ends with its process, however that ended, and
 * neither a process nor a port that somebody else has got since is taken for it.
 *
 * @returns what gives the folder up
 * @throws Error that names the process that uses the folder
 */
export async function claim(folder: string): Promise<() => void> {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'running');
	const other = await holderOf(file);
	if (other !== undefined) {
		throw new Error(`The demo is running already (process ${other}). End that one first.`);
	}
	const word = randomUUID();
	const server = createServer((socket) => {
		// Whoever asks may have gone again.
		socket.on('error', () => undefined).end(`${word} ${process.pid}`);
	});
	const port = await new Promise<number>((resolve, reject) => {
		server.once('error', reject).listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(address !== null && typeof address === 'object' ? address.port : 0);
		});
	});
	server.unref();
	writeFileSync(file, `${port} ${word}`);
	return () => {
		server.close();
		rmSync(file, { force: true });
	};
}

/** The process that holds the claim of this file, if it is there. */
async function holderOf(file: string): Promise<string | undefined> {
	const [port, word] = textOf(file).split(' ');
	if (!/^\d{1,5}$/.test(port ?? '') || Number(port) > 65_535 || !word) return undefined;
	const [answeredWord, pid] = (await answerAt(Number(port))).split(' ');
	return answeredWord === word ? pid : undefined;
}

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

/** What the port says unasked; nothing if nobody is there. */
async function answerAt(port: number): Promise<string> {
	return await new Promise((resolve) => {
		let answer = '';
		const socket = connect(port, '127.0.0.1');
		socket.setTimeout(patienceMs, () => socket.destroy());
		socket.on('data', (part) => (answer += part.toString()));
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(answer));
	});
}
