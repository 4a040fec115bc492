import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long the holder of a lock may take to say which process it is. */
const answerMs = 2000;

/**
 * Lets one process at a time do something. A lock is a local socket on which its holder listens and names
 * its process: the system closes it when that process ends, however it ends, so what a killed process
 * leaves behind keeps nobody out, and no other process that has its number since is taken for it.
 *
 * @param name what is locked, such as the path of a folder
 * @returns what gives the lock up, or the process that has it
 */
export async function lock(name) {
	const path = socketOf(name);
	for (;;) {
		const server = await listen(path);
		if (server) return { release: () => server.close() };
		const holder = await holderOf(path);
		if (holder !== undefined) return { holder };
		// The file of a process that was killed.
		rmSync(path, { force: true });
	}
}

/** A short path, whatever the name: systems allow a socket some hundred characters. */
function socketOf(name) {
	const file = `n8n-nodes-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
	return process.platform === 'win32' ? `\\\\.\\pipe\\${file}` : join(tmpdir(), `${file}.sock`);
}

/** Listens on the socket; nothing where there is one already. */
async function listen(path) {
	const server = createServer((socket) => {
		// Whoever asks may have gone again.
		socket.on('error', () => undefined).end(String(process.pid));
	});
	server.unref();
	return await new Promise((resolve, reject) => {
		server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
		server.listen(path, () => resolve(server));
	});
}

/** The process that listens there; nothing where none does. */
async function holderOf(path) {
	return await new Promise((resolve) => {
		let answer = '';
		let isThere = false;
		const socket = connect(path, () => (isThere = true));
		// One that is busy does not answer, but has the lock.
		socket.setTimeout(answerMs, () => socket.destroy());
		socket.on('data', (part) => (answer += part.toString()));
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(isThere ? answer || 'unknown' : undefined));
	});
}
