import type { ChildProcess } from 'node:child_process';

/**
 * Tells when this command has to end: on Ctrl-C and the other signals that ask for it, and when
 * whoever has started it is gone (`sandbox/setup.mjs` holds a channel to it).
 *
 * @param leave ends what this command has started, and then the process with this status
 */
export function onLeave(leave: (status: number) => void): void {
	process.on('SIGINT', () => leave(130));
	process.on('SIGTERM', () => leave(143));
	process.on('SIGHUP', () => leave(129));
	process.on('disconnect', () => leave(1));
	// The channel alone keeps nobody alive.
	process.channel?.unref();
}

/** Kills a detached process and all that it has started. */
export function killGroup(child: ChildProcess | undefined): void {
	try {
		if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
	} catch {
		// Nobody of the group is left.
	}
}
