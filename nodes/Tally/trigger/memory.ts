import type { IDataObject } from 'n8n-workflow';

import { filledText, isRecord } from '../../shared/guards';
import { isId } from '../transport/ids';
import { seal } from './seal';

/** A webhook of ours at Tally. */
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

/**
 * What the trigger must know of its webhook later, perhaps in another process: n8n keeps it
 * with the workflow ("static data"), apart for test and production, and shows it to whoever may
 * read the workflow. So the secret is sealed there; `unseal` opens it with the API key.
 */
export interface Remembered {
	/** Missing if the registration was only begun. */
	webhookId?: string;
	sealedSecret: string;
	formId: string;
	url: string;
}

/** What is remembered of a registration, be it complete or only begun. */
export function recall(memory: IDataObject): Remembered | undefined {
	const { webhookId } = memory;
	const sealedSecret = filledText(memory.sealedSecret);
	const formId = filledText(memory.formId);
	const url = filledText(memory.url);
	if (!sealedSecret || !formId || !url) return undefined;
	return { ...(isId(webhookId) ? { webhookId } : {}), sealedSecret, formId, url };
}

/** Keeps a registration, or one that is about to be tried, in place of what was known. */
export function remember(memory: IDataObject, { secret, ...shown }: Attempt | Registration, apiKey: string): void {
	forget(memory);
	Object.assign(memory, shown, { sealedSecret: seal(secret, apiKey) });
}

/**
 * Up to which moment all submissions of a form count as settled, as it was known when n8n last published the trigger:
 * later is what the check finds out, and what stands at Tally's webhook.
 */
export interface SettledMoment {
	/** In milliseconds since 1970. */
	at: number;
	/** Whose clock it was read from. */
	clock: 'Tally' | 'n8n';
}

/** What is remembered of the form's settled moment; nothing for another form. */
export function recallSettled(memory: IDataObject, formId: string): SettledMoment | undefined {
	const { settledUntil, settledForm, settledClock } = memory;
	if (typeof settledUntil !== 'number' || settledForm !== formId) return undefined;
	return { at: settledUntil, clock: settledClock === 'Tally' ? 'Tally' : 'n8n' };
}

export function rememberSettled(memory: IDataObject, formId: string, { at, clock }: SettledMoment): void {
	Object.assign(memory, { settledUntil: at, settledForm: formId, settledClock: clock });
}

export function forgetSettled(memory: IDataObject): void {
	delete memory.settledUntil;
	delete memory.settledForm;
	delete memory.settledClock;
	delete memory.settledBeyond;
	delete memory.abandoned;
}

/** What is settled after the form's settled moment: the times of submission by the submissions' IDs. */
export function recallSettledBeyond(memory: IDataObject, formId: string): Array<[submissionId: string, time: number]> {
	const { settledBeyond } = memory;
	if (recallSettled(memory, formId) === undefined || !isRecord(settledBeyond)) return [];
	return Object.entries(settledBeyond).flatMap(([id, time]) => (typeof time === 'number' ? [[id, time]] : []));
}

/** What is remembered of a form's abandoned submissions. */
export interface Abandoned extends SettledMoment {
	/** Those that have started a run, the last one last. */
	ids: readonly string[];
}

/** Nothing for another form. */
export function recallAbandoned({ abandoned }: IDataObject, formId: string): Abandoned | undefined {
	if (!isRecord(abandoned) || abandoned.formId !== formId || typeof abandoned.at !== 'number') return undefined;
	const ids = Array.isArray(abandoned.ids) ? abandoned.ids.filter((id) => typeof id === 'string') : [];
	return { at: abandoned.at, clock: abandoned.clock === 'Tally' ? 'Tally' : 'n8n', ids };
}

export function rememberAbandoned(memory: IDataObject, formId: string, { at, clock, ids }: Abandoned): void {
	memory.abandoned = { formId, at, clock, ids: [...ids] };
}

/** The registration at an earlier address of n8n's, which may be in use by another n8n. */
export function recallLeft(memory: IDataObject): Remembered | undefined {
	return isRecord(memory.left) ? recall(memory.left as IDataObject) : undefined;
}

export function rememberLeft(memory: IDataObject, left: Remembered): void {
	memory.left = { ...left };
}

/** A trigger that needs no webhook: it polls, or shows a submission that is there. */
export function rememberWithoutWebhook(memory: IDataObject, attempt: Attempt, apiKey: string): void {
	remember(memory, attempt, apiKey);
	memory.isWithoutWebhook = true;
}

export function isWithoutWebhook(memory: IDataObject): boolean {
	return memory.isWithoutWebhook === true;
}

export function forget(memory: IDataObject): void {
	delete memory.isWithoutWebhook;
	delete memory.webhookId;
	delete memory.sealedSecret;
	delete memory.formId;
	delete memory.url;
}
