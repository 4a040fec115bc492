import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { textAt, valueAt } from '../../sandbox/n8n-json';
import type { Report } from './ledger';

/** Where the workflow reports what the CleverTap nodes said of each item. */
export interface Collector {
	readonly url: string;
	/** Oldest first. */
	reports(): readonly Report[];
	close(): Promise<void>;
}

const statuses: ReadonlyArray<Report['status']> = ['accepted', 'skipped', 'refused', 'unknown'];

export async function startCollector(): Promise<Collector> {
	const reports: Report[] = [];
	const app = Fastify({ forceCloseConnections: true });
	app.post('/', async (request, reply) => {
		reports.push(readReport(request.body, Date.now()));
		return await reply.send({});
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`,
		reports: () => reports,
		close: async () => await app.close(),
	};
}

/** @throws Error for an item that says neither what went well nor what went wrong. */
function readReport(body: unknown, at: number): Report {
	const status = statuses.find((known) => valueAt(body, ['status']) === known);
	if (status === undefined) throw new Error('An item came out of CleverTap without a verdict');
	return {
		at,
		submissionId: textAt(body, ['submissionId']),
		step: textAt(body, ['step']) === 'profile' ? 'profile' : 'event',
		status,
		reason: textAt(body, ['reason']),
	};
}
