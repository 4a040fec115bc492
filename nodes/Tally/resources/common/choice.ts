import type { INodeProperties } from 'n8n-workflow';

/** What there is to choose, and how. */
export interface Choice {
	displayName: string;
	name: string;
	/** The list, as in `methods.listSearch`. */
	searchListMethod: string;
	/** Such as `a folder`. */
	what: string;
	/** An ID, as an example. */
	example: string;
	description?: string;
	/** Where else to find the ID. */
	hint?: string;
	/** Other fields on which the list depends: with another value of them it is read anew. */
	dependsOn?: string[];
	required?: boolean;
}

/**
 * A parameter with which something is chosen, from the list or by its ID. A plain text, as in workflows that were made
 * when only IDs could be typed, is the ID.
 */
export function choiceParameter({
	displayName,
	name,
	searchListMethod,
	what,
	example,
	description = 'Choose it from the list, or give its ID',
	hint,
	dependsOn,
	required = true,
}: Choice): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		...(required ? { required } : {}),
		...(dependsOn === undefined ? {} : { typeOptions: { loadOptionsDependsOn: dependsOn } }),
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${what}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${example}`,
				...(hint === undefined ? {} : { hint }),
			},
		],
	};
}
