import { clearInterval, setInterval } from 'node:timers';

/** The time since `start` as minutes and seconds. */
function since(start) {
	const seconds = Math.round((Date.now() - start) / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Shows that a long step is alive: one line that moves in a terminal, else a line every 15 seconds.
 * Returns what ends it and shows the outcome.
 */
export function progress(title) {
	const start = Date.now();
	const inTerminal = process.stdout.isTTY;
	const show = () => process.stdout.write(inTerminal ? `\r${title} … ${since(start)} ` : `  … ${since(start)}\n`);
	if (inTerminal) show();
	else process.stdout.write(`${title} …\n`);
	const timer = setInterval(show, inTerminal ? 1000 : 15_000);
	return (outcome) => {
		clearInterval(timer);
		process.stdout.write(
			inTerminal ? `\r${title} … ${outcome} (${since(start)})\n` : `  ${outcome} (${since(start)})\n`,
		);
	};
}
