import { readdirSync, readFileSync } from 'node:fs';
import { textAt, valueAt } from './n8n-json';

/** Bytes of one n8n after a garbage collection. */
export interface Memory {
	/** What the main process refers to on JavaScript's heap. */
	readonly heap: number;
	/** What it refers to outside of it, above all buffers. */
	readonly outside: number;
	/** Resident memory of the main process. */
	readonly main: number;
	/** Resident memory of the processes that it started, above all the task runner. */
	readonly children: number;
}

/** What makes Node answer questions about its memory, on this port of 127.0.0.1. */
export const inspectedAt = (port: number) => ({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });

/** Collects what is garbage in the process that is inspected on this port, then measures. */
export async function measure(port: number): Promise<Memory> {
	return await inspected(port, async (evaluate, inspector) => {
		await inspector.call('HeapProfiler.collectGarbage');
		const usage = await evaluate('({ pid: process.pid, ...process.memoryUsage() })');
		const number = (key: string) => Number(valueAt(usage, [key]));
		const pid = number('pid');
		return {
			heap: number('heapUsed'),
			outside: number('external'),
			main: residentBytes(pid),
			children: descendants(pid).reduce((sum, child) => sum + residentBytes(child), 0),
		};
	});
}

/** The most bytes that the main process that is inspected on this port has had in memory, so far. */
export async function peakOf(port: number): Promise<number> {
	return await inspected(port, async (evaluate) => Number(await evaluate('process.resourceUsage().maxRSS')) * 1024);
}

interface Inspector {
	call(method: string, params?: Record<string, unknown>): Promise<unknown>;
	close(): void;
}

/** @param use gets what evaluates an expression in the process. */
async function inspected<T>(
	port: number,
	use: (evaluate: (expression: string) => Promise<unknown>, inspector: Inspector) => Promise<T>,
): Promise<T> {
	const targets: unknown = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
	const inspector = await connect(textAt(targets, [0, 'webSocketDebuggerUrl']));
	const evaluate = async (expression: string): Promise<unknown> => {
		const answer = await inspector.call('Runtime.evaluate', { expression: `JSON.stringify(${expression})` });
		return JSON.parse(textAt(answer, ['result', 'value']));
	};
	try {
		return await use(evaluate, inspector);
	} finally {
		inspector.close();
	}
}

async function connect(url: string): Promise<Inspector> {
	const socket = new WebSocket(url);
	const waiting = new Map<unknown, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
	let calls = 0;
	socket.addEventListener('message', ({ data }) => {
		const answer: unknown = JSON.parse(String(data));
		const call = waiting.get(valueAt(answer, ['id']));
		const error = valueAt(answer, ['error']) ?? valueAt(answer, ['result', 'exceptionDetails']);
		if (error === undefined) call?.resolve(valueAt(answer, ['result']));
		else call?.reject(new Error(`n8n could not be measured: ${JSON.stringify(error)}`));
	});
	socket.addEventListener('close', () => {
		for (const { reject } of waiting.values()) reject(new Error('n8n ended while its memory was measured'));
	});
	await new Promise<void>((resolve, reject) => {
		socket.addEventListener('open', () => resolve());
		socket.addEventListener('error', () => reject(new Error('n8n does not let its memory be measured')));
	});
	return {
		call: async (method, params = {}) => {
			const id = ++calls;
			const answered = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
			socket.send(JSON.stringify({ id, method, params }));
			return await answered.finally(() => waiting.delete(id));
		},
		close: () => socket.close(),
	};
}

/** Every process that this one started, and those that they started. */
function descendants(pid: number): number[] {
	const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
		contentOf(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
	);
	return children.flatMap((child) => [child, ...descendants(child)]);
}

function residentBytes(pid: number): number {
	const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(contentOf(`/proc/${pid}/status`)) ?? [];
	return Number(kilobytes ?? 0) * 1024;
}

/** Nothing for what has ended meanwhile. */
function contentOf(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch {
		return '';
	}
}
