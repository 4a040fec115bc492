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

const failedStatuses = ['refused', 'unknown'] as const;
const wellStatuses = ['accepted', 'skipped'] as const;

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
	const submissionId = textAt(body, ['submissionId']);
	const step = textAt(body, ['step']) === 'profile' ? 'profile' : 'event';
	const failed = failedStatuses.find((status) => valueAt(body, ['details', 'status']) === status);
	if (failed !== undefined) {
		return { at, submissionId, step, status: failed, reason: textAt(body, ['error']) };
	}
	const well = wellStatuses.find((status) => valueAt(body, ['cleverTap', 'status']) === status);
	if (well === undefined) throw new Error('An item came out of CleverTap without a verdict');
	const reason = valueAt(body, ['cleverTap', 'reason']);
	return { at, submissionId, step, status: well, reason: typeof reason === 'string' ? reason : '' };
}
