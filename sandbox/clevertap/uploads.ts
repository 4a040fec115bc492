import type { ServerResponse } from 'node:http';
import type { Fault } from './faults';
import type { Json } from './record';

/** One upload as CleverTap saw it: what it took, and what became of its answer. */
export interface SeenUpload {
	/** Counts from 1, in the order of arrival. */
	readonly number: number;
	/** Milliseconds since 1970. */
	readonly arrivedAt: number;
	readonly fault?: Fault;
	/** The records that were stored. */
	taken: readonly Json[];
	/** `broken`: the connection ended before the whole answer had gone out. */
	reply: 'pending' | 'sent' | 'broken';
	/** When the answer had gone out or the connection had broken, in milliseconds since 1970. */
	endedAt?: number;
}

/** Notes an upload; the entry fills itself in as the upload goes on. */
export function seeUpload(log: SeenUpload[], response: ServerResponse, fault: Fault | undefined): SeenUpload {
	const upload: SeenUpload = {
		number: log.length + 1,
		arrivedAt: Date.now(),
		...(fault === undefined ? {} : { fault }),
		taken: [],
		reply: 'pending',
	};
	log.push(upload);
	response.once('close', () => {
		upload.reply = response.writableFinished ? 'sent' : 'broken';
		upload.endedAt = Date.now();
	});
	return upload;
}
