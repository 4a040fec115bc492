import type { FastifyInstance } from 'fastify';
import type { State } from './state';

/** The page that shows profiles and events as they arrive. */
export function registerPage(app: FastifyInstance, state: State): void {
	app.get('/', async (_request, reply) => {
		return await reply
			.type('text/html')
			.send(`<h1>CleverTap</h1><p>${state.profiles.all().length} profiles</p>`);
	});
}
