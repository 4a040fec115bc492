import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Input } from './run/input';

/** One thing that the node can do: what the user sees, what is asked, what happens. */
export interface Operation {
	/** Value of the `operation` parameter; part of exported workflows. */
	readonly value: string;
	readonly name: string;
	/** What the node panel lists, in sentence case. */
	readonly action: string;
	readonly description: string;
	/** Fields of this operation only; `describe` shows them where they belong. */
	readonly fields: readonly INodeProperties[];
	/**
	 * Runs once for each input item and gives its output items.
	 *
	 * @throws NodeApiError or NodeOperationError that names the field and says what to do
	 */
	run(input: Input): Promise<IDataObject[]>;
}

/** What operations work on, such as a form. */
export interface Resource {
	/** Value of the `resource` parameter; part of exported workflows. */
	readonly value: string;
	readonly name: string;
	readonly description: string;
	/** What a new node starts with. */
	readonly first: Operation;
	/** In the order of the list that the user sees: by name. */
	readonly operations: readonly Operation[];
}
