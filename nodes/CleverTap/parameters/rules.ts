import type { IExecuteFunctions } from 'n8n-workflow';

import type { Rules } from '../properties/rules';

/** Read once for a run: n8n copies the node each time. */
export function rulesOf(context: IExecuteFunctions): Rules {
	return context.getNode().typeVersion >= 2 ? 2 : 1;
}
