import type { FastifyInstance } from 'fastify';
import type { Account } from './account';

/** The pages for people: the list, the forms, what becomes of a submission. */
export function registerPages(app: FastifyInstance, account: Account): void {
	app.get('/', async (_request, reply) => {
		return await reply.type('text/html').send(`<h1>Tally</h1><p>${account.forms.length} forms</p>`);
	});
}
