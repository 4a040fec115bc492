import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes every message and keeps it. */
export interface Mailbox {
	readonly host: string;
	readonly port: number;
	/** Oldest first. */
	messages(): readonly PostalMime.Email[];
	close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
	const host = '127.0.0.1';
	const messages: PostalMime.Email[] = [];
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		onData: (stream, _session, taken) => {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				PostalMime.parse(Buffer.concat(parts)).then((message) => {
					messages.push(message);
					taken();
				}, taken);
			});
		},
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return {
		host,
		port: (server.server.address() as AddressInfo).port,
		messages: () => messages,
		close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
