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

/** What is remembered, or `undefined` if it is not complete. */
export function recall(memory: IDataObject): Registration | undefined {
	const webhookId = filledText(memory.webhookId);
	const secret = filledText(memory.secret);
	const formId = filledText(memory.formId);
	const url = filledText(memory.url);
	if (!webhookId || !secret || !formId || !url) return undefined;
	return { webhookId, secret, formId, url };
}

export function remember(memory: IDataObject, registration: Registration): void {
	Object.assign(memory, registration);
}

export function forget(memory: IDataObject): void {
	delete memory.webhookId;
	delete memory.secret;
	delete memory.formId;
	delete memory.url;
}
