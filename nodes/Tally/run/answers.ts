import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../narrowing';

/** The one item of an answer that should be an object. */
export function itemIn(body: unknown): IDataObject[] {
	return [(isRecord(body) ? body : {}) as IDataObject];
}

/** The items of an answer that is a bare list. */
export function itemsIn(body: unknown): IDataObject[] {
	return recordsIn(body) as IDataObject[];
}
