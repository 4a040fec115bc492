import { createServer } from 'node:net';

function tryPort(port: number): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
			else reject(error);
		});
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
		});
	});
}

/** A port of 127.0.0.1 that nobody listens on: the preferred one if it is free, else any. */
export async function freePort(preferred = 0): Promise<number> {
	const port = (await tryPort(preferred)) ?? (await tryPort(0));
	if (port === undefined) throw new Error('No free port was found on 127.0.0.1.');
	return port;
}
