import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** One thing that a node can do: what the user sees, what is asked, what happens. */
export interface Operation {
	/** Value of the `operation` parameter; part of exported workflows. */
	readonly value: string;
	readonly name: string;
	/** What the node panel lists, in sentence case. */
	readonly action: string;
	readonly description: string;
	/** Fields of this operation only; `describe` shows them where they belong. */
	readonly fields: readonly INodeProperties[];
	/** Runs once for all input items and gives the node's output. */
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** What operations work on, such as a profile or a form. */
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
