import type { IDataObject } from 'n8n-workflow';

import { filledText } from '../narrowing';

/**
 * What the trigger must know of its webhook later, perhaps in another process: n8n keeps it
 * with the workflow ("static data"), apart for test and production.
 */
export interface Registration {
	/** Tally's ID of the webhook. */
	webhookId: string;
	/** The key with which Tally signs this webhook's deliveries. */
	secret: string;
	formId: string;
	/** The address of ours that Tally posts to. */
	url: string;
}

/** A registration that was begun: its webhook, if it was made, can be told by its secret. */
export type Attempt = Omit<Registration, 'webhookId'>;

/** The registration that is remembered, or `undefined` if it is not complete. */
export function recall(memory: IDataObject): Registration | undefined {
	const webhookId = filledText(memory.webhookId);
	const attempt = recallAttempt(memory);
	if (!webhookId || !attempt) return undefined;
	return { webhookId, ...attempt };
}

/** What is remembered of a registration, be it complete or only begun. */
export function recallAttempt(memory: IDataObject): Attempt | undefined {
	const secret = filledText(memory.secret);
	const formId = filledText(memory.formId);
	const url = filledText(memory.url);
	if (!secret || !formId || !url) return undefined;
	return { secret, formId, url };
}

/** Keeps a registration, or one that is about to be tried, in place of what was known. */
export function remember(memory: IDataObject, registration: Attempt | Registration): void {
	forget(memory);
	Object.assign(memory, registration);
}

export function forget(memory: IDataObject): void {
	delete memory.webhookId;
	delete memory.secret;
	delete memory.formId;
	delete memory.url;
}
