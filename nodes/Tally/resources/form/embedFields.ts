import type { INodeProperties } from 'n8n-workflow';

export const embedAsField: INodeProperties = {
	displayName: 'Embed As',
	name: 'embedAs',
	type: 'options',
	default: 'link',
	description: 'Where the form is to be shown',
	options: [
		{
			name: 'Full Page',
			value: 'fullPage',
			description: 'A page that the form fills, such as the custom HTML of an in-app message or a web pop-up',
		},
		{ name: 'Link', value: 'link', description: 'The form’s address, such as for an email, a push message or an SMS' },
		{ name: 'Pop-Up', value: 'popup', description: 'A link on a page of yours that opens the form over it' },
		{ name: 'Standard', value: 'standard', description: 'A frame within a page of yours' },
	],
};

export const hiddenFieldsField: INodeProperties = {
	displayName: 'Hidden Fields',
	name: 'hiddenFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Hidden Field',
	default: {},
	description: 'What the form knows of the person from the start. Submissions have it under "hidden".',
	options: [
		{
			displayName: 'Hidden Field',
			name: 'field',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'resourceLocator',
					typeOptions: { loadOptionsDependsOn: ['formId.value'] },
					default: { mode: 'list', value: '' },
					description:
						'A hidden field of the form, exactly as it is called there. Tally drops all others without a word.',
					modes: [
						{
							displayName: 'From List',
							name: 'list',
							type: 'list',
							placeholder: 'Select a hidden field…',
							typeOptions: { searchListMethod: 'searchHiddenFields', searchable: true },
						},
						{
							displayName: 'By Name',
							name: 'name',
							type: 'string',
							placeholder: 'e.g. ct_identity',
						},
					],
				},
				{
					displayName: 'Value Is',
					name: 'valueIs',
					type: 'options',
					default: 'text',
					description: 'Who knows what is to be in the field',
					options: [
						{
							name: 'Template',
							value: 'template',
							description: 'Another system does: {{ … }} and {% … %} go out as they are, for it to fill in',
						},
						{ name: 'Text', value: 'text', description: 'This workflow does: the value is encoded for the address' },
					],
				},
				{
					displayName: 'Template',
					name: 'template',
					type: 'string',
					// Wherever expressions are possible, the editor makes one of what is typed in double brackets.
					noDataExpression: true,
					default: '',
					placeholder: "e.g. {{ Profile.Identity | default: '' }}",
					description: 'What the other system fills in. It goes out as it is; only text around it is encoded.',
					displayOptions: { show: { valueIs: ['template'] } },
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. newsletter',
					description: 'What is to be in the field, such as a text, or an expression with a value of the item',
					displayOptions: { show: { valueIs: ['text'] } },
				},
			],
		},
	],
};

const IN_FRAMES = { show: { '/embedAs': ['fullPage', 'standard'] } };

export const embedOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'How the form looks',
	options: [
		{
			displayName: 'Align Left',
			name: 'alignLeft',
			type: 'boolean',
			default: false,
			description: 'Whether the form’s content begins at the left edge',
		},
		{
			displayName: 'Dynamic Height',
			name: 'dynamicHeight',
			type: 'boolean',
			default: false,
			description: 'Whether the frame is as high as the form, for which the page loads a script from Tally',
			displayOptions: { show: { '/embedAs': ['standard'] } },
		},
		{
			displayName: 'Hide Title',
			name: 'hideTitle',
			type: 'boolean',
			default: false,
			description: 'Whether the form is shown without title and cover',
		},
		{
			displayName: 'Transparent Background',
			name: 'transparentBackground',
			type: 'boolean',
			default: false,
			description: 'Whether what is behind the form shines through',
			displayOptions: { hide: { '/embedAs': ['popup'] } },
		},
		{
			displayName: 'Works in iOS In-Apps',
			name: 'worksInIos',
			type: 'boolean',
			default: false,
			description:
				'Whether the address says that the form may load within an in-app message; on an iPhone it would otherwise open in the browser',
			displayOptions: IN_FRAMES,
		},
	],
};
