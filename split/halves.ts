/** One of the two packages that this one is written as: all that can't be derived, but for the texts in `templates`. */
export interface Half {
	/** The name of its repository's folder, and of the folder of its templates. */
	readonly folder: string;
	/** Under which it is published. */
	readonly name: string;
	/** The folder of its nodes, and how the name of its credential begins. */
	readonly service: string;
	readonly description: string;
	readonly keywords: readonly string[];
}

export const halves: readonly Half[] = [
	{
		folder: 'tally',
		name: 'n8n-nodes-tally-forms',
		service: 'Tally',
		description: 'n8n nodes for Tally: a signed trigger that misses no form submission, and the rest of the API',
		keywords: ['tally', 'forms', 'survey'],
	},
	{
		folder: 'clevertap',
		name: 'n8n-nodes-clevertap',
		service: 'CleverTap',
		description: 'n8n node for CleverTap: profiles and events in bulk, campaigns, segments and reports',
		keywords: ['clevertap', 'customer-engagement', 'marketing'],
	},
];
