import { ask, type Json, type Line } from '../transport/ask';
import { verdictsOf } from '../upload/reply';
import { unknown, type Verdict } from '../upload/verdict';
import type { CleverTapRequest } from '../transport/request';
import { halves, SEARCH_BUDGET, WHOLE_REQUEST_REFUSED } from '../transport/retry';

/**
 * Sends records that may be sent twice and gives one verdict for each, in order. Where CleverTap
 * refuses a request as a whole without naming a record, it is halved until those that cause it stand
 * alone: bad input never loses good input.
 *
 * @param toRequest the request that carries these records.
 */
export async function settle<T>(
	records: readonly T[],
	toRequest: (records: readonly T[]) => CleverTapRequest,
	line: Line,
	budget = { requests: SEARCH_BUDGET },
): Promise<Verdict[]> {
	const answer = await ask(toRequest(records), line);
	const verdicts =
		'failed' in answer
			? records.map(() => answer.failed)
			: (verdictsOf(answer.body, records.length) ?? records.map(() => UNREADABLE));

	const refusedWhole =
		'failed' in answer ? WHOLE_REQUEST_REFUSED.has(answer.failed.code ?? 0) : namesNobody(answer.body);
	if (!refusedWhole || records.length === 1 || budget.requests < 2) return verdicts;

	budget.requests -= 2;
	const [first, second] = halves(records);
	return [...(await settle(first, toRequest, line, budget)), ...(await settle(second, toRequest, line, budget))];
}

const UNREADABLE = unknown(
	'CleverTap’s answer could not be read',
	'Run the node again for these items: asking twice does no harm.',
);

function namesNobody({ status, unprocessed }: Json): boolean {
	return status === 'fail' && (!Array.isArray(unprocessed) || unprocessed.length === 0);
}
