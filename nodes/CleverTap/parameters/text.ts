import type { IExecuteFunctions } from 'n8n-workflow';

import { ItemError } from '../../shared/itemError';
import { visibleText } from '../../shared/text';
import { identityProblem } from './identity';

/** What a field holds: whose text it is. */
type Meant = 'an identity' | 'an email address' | 'a phone number' | 'an address or a number';

/** The text in a field of one item that names somebody; a number becomes its digits. @throws ItemError if it names nobody */
export function readText(context: IExecuteFunctions, name: string, label: string, meant: Meant, item: number): string {
	return toText(context.getNodeParameter(name, item, ''), label, meant);
}

/**
 * The text of a value that names somebody, as a reader sees it: `' ada\u200b '` → `'ada'`, `42` → `'42'`.
 *
 * @throws ItemError if there is nothing, something that is no text, or what stands for nobody: `#N/A`, `null`
 */
export function toText(value: unknown, label: string, meant: Meant): string {
	const problem = identityProblem(value);
	if (problem === undefined) return visibleText(String(value));
	const { kind, reason, advice } = problem;
	if (kind === 'empty') throw new ItemError(`"${label}" is empty`, FILL_IN);
	if (kind === 'type') throw new ItemError(`"${label}" is neither text nor a number`, FILL_IN);
	throw new ItemError(`"${label}" is not ${meant}: it ${reason}`, advice);
}

/** A name as a reader sees it; an expression may give it as a number: `404` → `'404'`. Empty for anything else. */
export function toName(value: unknown): string {
	return typeof value === 'string' || typeof value === 'bigint' || Number.isFinite(value)
		? visibleText(String(value))
		: '';
}

const FILL_IN = 'Map a field that every item fills in, or filter out the items that lack it before this node.';
