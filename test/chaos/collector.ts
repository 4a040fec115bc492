import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { textAt, valueAt } from '../../sandbox/n8n-json';
import type { Begun, Report } from './ledger';

/** Where the workflow reports its runs, and what the CleverTap nodes said of each item. */
export interface Collector {
	readonly url: string;
	/** Oldest first, as the reports. */
	begun(): readonly Begun[];
	reports(): readonly Report[];
	close(): Promise<void>;
}

const statuses: ReadonlyArray<Report['status']> = ['accepted', 'skipped', 'refused', 'unknown'];

export async function startCollector(): Promise<Collector> {
	const begun: Begun[] = [];
	const reports: Report[] = [];
	const app = Fastify({ forceCloseConnections: true });
	app.post('/', async (request, reply) => {
		const { body } = request;
		const known = { at: Date.now(), run: textAt(body, ['run']), submissionId: textAt(body, ['submissionId']) };
		const step = textAt(body, ['step']);
		if (step === 'begun') begun.push({ ...known, isDelivered: valueAt(body, ['isDelivered']) === true });
		else reports.push({ ...known, step: step === 'profile' ? 'profile' : 'event', ...verdictIn(body) });
		return await reply.send({});
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`,
		begun: () => begun,
		reports: () => reports,
		close: async () => await app.close(),
	};
}

/** @throws Error for an item that says neither what went well nor what went wrong. */
function verdictIn(body: unknown): Pick<Report, 'status' | 'reason'> {
	const status = statuses.find((known) => valueAt(body, ['status']) === known);
	if (status === undefined) throw new Error('An item came out of CleverTap without a verdict');
	return { status, reason: textAt(body, ['reason']) };
}
