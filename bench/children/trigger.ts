import type { IDataObject } from 'n8n-workflow';

import { fromSources } from '../package';

const options = { answerKeys: 'text', includeUnanswered: false, includeLinks: false, raw: false } as const;

/** What the trigger does with a delivery, by the published code: its signature, and its item. */
export function triggerOf(folder: string): {
	readonly verify: (secret: string, body: Buffer, signature: string | undefined) => void;
	readonly toItem: (body: Buffer) => IDataObject;
} {
	const { isSignedBy } = fromSources<typeof import('../../nodes/Tally/trigger/signature')>(
		folder,
		'nodes/Tally/trigger/signature',
	);
	const { readDelivery } = fromSources<typeof import('../../nodes/Tally/submission/delivery')>(
		folder,
		'nodes/Tally/submission/delivery',
	);
	const { questionsOf } = fromSources<typeof import('../../nodes/Tally/submission/fields')>(
		folder,
		'nodes/Tally/submission/fields',
	);
	const { itemOf } = fromSources<typeof import('../../nodes/Tally/submission/item')>(
		folder,
		'nodes/Tally/submission/item',
	);

	return {
		verify(secret, body, signature) {
			if (!isSignedBy(secret, body, signature)) throw new Error('The signature does not fit');
		},
		toItem(body) {
			const delivery = readDelivery(body);
			if (delivery.kind !== 'submission') throw new Error(delivery.kind);
			return itemOf(delivery.submission, questionsOf(delivery.submission.fields), options);
		},
	};
}
