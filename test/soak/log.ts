import { readFileSync } from 'node:fs';
import type { Check } from '../chaos/verdict';
import type { Side } from './side';

/** What Node or n8n writes of an error that nobody has handled. */
const UNHANDLED = /unhandled|uncaught|out of memory|MaxListenersExceeded/i;

/** Neither n8n may have written of an error that nobody handled. */
export function judgeLogs(sides: readonly Side[]): Check {
	return {
		title: 'No unhandled error is in n8n’s log',
		wrong: sides.flatMap(({ name, n8n }) =>
			readFileSync(n8n.logFile, 'utf8')
				.split('\n')
				.filter((line) => UNHANDLED.test(line))
				.map((line) => `${name}: ${line}`),
		),
	};
}
