import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { valueAt } from '../../sandbox/n8n-json';

/** What a workflow says of a job that the test gave it: how many items came so far, and how they ended. */
export interface JobReport {
	readonly job: number;
	readonly status: 'accepted' | 'refused';
	readonly items: number;
}

export interface JobReports {
	readonly url: string;
	/** Oldest first. */
	reports(): readonly JobReport[];
	close(): Promise<void>;
}

export async function startJobReports(): Promise<JobReports> {
	const reports: JobReport[] = [];
	const app = Fastify({ forceCloseConnections: true });
	app.post('/', async (request, reply) => {
		reports.push({
			job: Number(valueAt(request.body, ['job'])),
			status: valueAt(request.body, ['status']) === 'accepted' ? 'accepted' : 'refused',
			items: Number(valueAt(request.body, ['items'])),
		});
		return await reply.send({});
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`,
		reports: () => reports,
		close: async () => await app.close(),
	};
}
