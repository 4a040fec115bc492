import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { filledText, isRecord } from '../../../shared/guards';
import { jsonIn } from '../../submission/delivery';
import {
	recallAbandoned,
	recallSettled,
	recallSettledBeyond,
	rememberAbandoned,
	rememberSettled,
	type Abandoned,
} from '../memory';
import { MAX_ABANDONED_KEPT, MAX_SETTLED_KEPT } from './knowledge';

/**
 * What a trigger that polls must know after a restart. It posts it to its own address, signed: what `webhook()` writes
 * into the workflow's static data n8n saves at once, from a copy that it has read a moment ago. What the checks wrote
 * there n8n would save with the next run only, and whole: whatever a Code node keeps would be put back to what it was
 * when the workflow was published.
 *
 *     {tallyTriggerNote: {formId: 'GxdRaQ', settled: {until: 1770631200000, beyond: {Z9Z97Go: 1770631230000}}}}
 */
export interface Note {
	readonly formId: string;
	/** Up to which moment all is settled, by Tally's clock, and what is settled after it. */
	readonly settled?: { readonly until: number; readonly beyond: Readonly<Record<string, number>> };
	readonly abandoned?: { readonly until: number; readonly ids: readonly string[] };
}

export function bodyOfNote(note: Note): string {
	return JSON.stringify({ tallyTriggerNote: note });
}

/** The note in a body whose signature was found to be right. */
export function noteIn(body: Uint8Array): Note | undefined {
	const sent = jsonIn(body);
	const note = isRecord(sent) ? sent.tallyTriggerNote : undefined;
	const formId = isRecord(note) ? filledText(note.formId) : undefined;
	if (!isRecord(note) || formId === undefined) return undefined;
	const { settled, abandoned } = note;
	return {
		formId,
		...(isRecord(settled) && typeof settled.until === 'number'
			? { settled: { until: settled.until, beyond: numbersIn(settled.beyond) } }
			: {}),
		...(isRecord(abandoned) && typeof abandoned.until === 'number'
			? { abandoned: { until: abandoned.until, ids: textsIn(abandoned.ids) } }
			: {}),
	};
}

/** Keeps a note: what is remembered only ever grows, in whatever order notes come. */
export function keepNote(memory: IDataObject, { formId, settled, abandoned }: Note): void {
	if (settled !== undefined) {
		const known = recallSettled(memory, formId);
		const until = Math.max(settled.until, known?.clock === 'Tally' ? known.at : 0);
		const beyond = [...recallSettledBeyond(memory, formId), ...Object.entries(settled.beyond)];
		rememberSettled(memory, formId, { at: until, clock: 'Tally' });
		memory.settledBeyond = Object.fromEntries(beyond.filter(([, time]) => time > until).slice(-MAX_SETTLED_KEPT));
	}
	if (abandoned !== undefined) {
		const known: Abandoned | undefined = recallAbandoned(memory, formId);
		const until = Math.max(abandoned.until, known?.clock === 'Tally' ? known.at : 0);
		const ids = [...new Set([...(known?.ids ?? []), ...abandoned.ids])].slice(-MAX_ABANDONED_KEPT);
		rememberAbandoned(memory, formId, { at: until, clock: 'Tally', ids });
	}
}

/** Keeps the note that a signed request brings, if it does. */
export function takeNote(context: IWebhookFunctions, body: Uint8Array, formId: string): boolean {
	const note = noteIn(body);
	if (note?.formId !== formId) return false;
	keepNote(context.getWorkflowStaticData('node'), note);
	return true;
}

function numbersIn(value: unknown): Record<string, number> {
	if (!isRecord(value)) return {};
	return Object.fromEntries(
		Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
	);
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
