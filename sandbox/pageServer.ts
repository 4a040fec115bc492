import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Html } from './html';

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };

/** Serves a style sheet or a script of this folder at `/<its name>`. */
export function serveAsset(app: FastifyInstance, ...path: string[]): void {
	const name = path.at(-1) ?? '';
	const type = name.endsWith('.css') ? types.css : types.js;
	app.get(`/${name}`, async (_request, reply) => {
		return await reply.type(type).send(readFileSync(join(__dirname, ...path)));
	});
}

/** What both services' pages need. */
export function serveLook(app: FastifyInstance): void {
	serveAsset(app, 'look.css');
	serveAsset(app, 'live.js');
}

const pauseMs = 100;

/**
 * Answers with server-sent events: the piece of HTML now and after every change, until the client
 * goes. Changes close to each other come as one.
 *
 * @param watch registers a callback for changes and returns how to end it
 */
export function sendLive(reply: FastifyReply, watch: (onChange: () => void) => () => void, piece: () => Html): void {
	reply.hijack();
	const { raw } = reply;
	raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
	const send = (): void => {
		raw.write(`data: ${JSON.stringify(piece().text)}\n\n`);
	};
	let pause: NodeJS.Timeout | undefined;
	const unwatch = watch(() => {
		pause ??= setTimeout(() => {
			pause = undefined;
			send();
		}, pauseMs);
	});
	raw.on('close', () => {
		unwatch();
		clearTimeout(pause);
	});
	send();
}
