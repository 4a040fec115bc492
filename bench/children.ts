import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export interface ChildOptions {
	/** Room for V8's heap, in megabytes. */
	readonly heapMb?: number;
	/** Told of each message before the last one, such as how far it is. */
	readonly onNote?: (note: string) => void;
}

interface Note {
	readonly note: string;
}
interface Answer<T> {
	readonly answer: T;
}

const alive = new Set<ChildProcess>();

/** Ends all children; for the moment at which the benchmark itself is ended. */
export function killChildren(): void {
	for (const child of alive) child.kill('SIGKILL');
}

function start(file: string, { heapMb }: ChildOptions): ChildProcess {
	const heap = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
	const child = fork(join(__dirname, 'children', `${file}.ts`), [], {
		execArgv: ['--import', 'tsx', '--expose-gc', ...heap],
		// There n8n's engine has its place, and so it is the one of the sandbox's n8n.
		env: { ...process.env, TSX_TSCONFIG_PATH: join(__dirname, '..', 'tsconfig.check.json') },
		serialization: 'advanced',
	});
	alive.add(child);
	child.once('exit', () => alive.delete(child));
	return child;
}

/** Runs a file of `children/` in a fresh process and returns what it answers. */
export async function inChild<T>(file: string, input: unknown, options: ChildOptions = {}): Promise<T> {
	const child = start(file, options);
	return await new Promise<T>((resolve, reject) => {
		child.on('message', (message: Note | Answer<T>) => {
			if ('note' in message) return options.onNote?.(message.note);
			resolve(message.answer);
			child.disconnect();
		});
		child.once('error', reject);
		child.once('exit', (code, signal) =>
			reject(new Error(`${file} ended with ${code ?? signal} and without an answer`)),
		);
		child.send(input as object);
	});
}

/** Starts a file of `children/` that goes on after its answer, until it is stopped. */
export async function startChild<T>(file: string, input: unknown): Promise<{ answer: T; stop(): void }> {
	const child = start(file, {});
	const answer = await new Promise<T>((resolve, reject) => {
		child.once('message', (message: Answer<T>) => resolve(message.answer));
		child.once('error', reject);
		child.once('exit', (code, signal) =>
			reject(new Error(`${file} ended with ${code ?? signal} and without an answer`)),
		);
		child.send(input as object);
	});
	return { answer, stop: () => child.disconnect() };
}
