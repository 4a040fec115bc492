import { filledText, isRecord } from '../../../shared/guards';
import { warnOnceAnHour } from '../log';
import type { BackgroundClient } from '../../transport/backgroundClient';
import { readListAs } from '../../transport/pages';
import { changedAt, type PartialSubmission } from './abandoned';
import { hasComeTo } from './log';

const DAY = 86_400_000;

/** Begun so long before they could start a run, partial submissions are looked for on the first page only. */
const LOOK_BACK_MS = 30 * DAY;

/** A partial submission, with what the list says of it. */
export interface ListedPartial extends PartialSubmission {
	readonly body: Record<string, unknown>;
}

/**
 * The partial submissions that may count as abandoned now. Tally does not say by which of its times a list of partial
 * ones is cut, so it is read without a date: as far back as needed where the newest come first, else to its end.
 *
 * @param settledUntil what has not changed since then is left out
 * @param afterMs what has changed since so long ago is left out
 * @throws ItemError if Tally refuses or can't answer
 */
export async function readPartials(
	client: BackgroundClient,
	formId: string,
	settledUntil: number,
	afterMs: number,
): Promise<{ partials: ListedPartial[]; questions: unknown }> {
	let questions: unknown = [];
	const found = await readListAs(
		client,
		{
			request: {
				method: 'GET',
				path: `/forms/${encodeURIComponent(formId)}/submissions`,
				query: { filter: 'partial' },
			},
			name: 'submissions',
			maxAtOnce: 500,
		},
		(entry): ListedPartial[] => {
			const id = filledText(entry.id);
			const changed = changedAt(entry);
			// A list that is cut by nothing but the page may hold completed ones, too.
			if (id === undefined || entry.isCompleted === true) return [];
			if (changed === undefined) {
				warnOnceAnHour(client.context, NO_TIME);
				return [];
			}
			const isOfInterest = changed > settledUntil && changed <= client.now() - afterMs;
			return isOfInterest ? [{ id, changedAt: changed, body: entry }] : [];
		},
		{
			seeBody: (body) => {
				if (isRecord(body)) questions = body.questions;
			},
			isEnough: hasComeTo(settledUntil - LOOK_BACK_MS),
		},
	);
	return { partials: found.flat(), questions };
}

const NO_TIME =
	'Tally does not say when a partial submission last changed, so that Tally Trigger can not tell whether it was abandoned.';
