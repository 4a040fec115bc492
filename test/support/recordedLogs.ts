import { LoggerProxy } from 'n8n-workflow';

import { Logger } from '../../sandbox/n8n/node_modules/@n8n/backend-common';
import { Container } from '../../sandbox/n8n/node_modules/@n8n/di';

const CONSOLE = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

/**
 * Everything that is logged from now on, at every level: by way of the node's own `this.logger`,
 * of n8n's shared one, and of the console. Nothing of it is printed.
 */
export function recordLogs(): unknown[][] {
	const heard: unknown[][] = [];
	const write = (...said: unknown[]): void => void heard.push(said);
	const logger = { debug: write, info: write, warn: write, error: write, scoped: () => logger };
	Container.set(Logger, logger as unknown as Logger);
	LoggerProxy.init(logger);
	for (const name of CONSOLE) jest.spyOn(console, name).mockImplementation(write);
	return heard;
}
