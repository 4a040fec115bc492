import type { INodeProperties } from 'n8n-workflow';

/** What a query looks for. Events are always those of one name in a range of days. */
export type Subject = 'profile' | 'event';

const BY_FIELDS = { show: { queryMode: ['fields'] } };

function filtersOf(subject: Subject): INodeProperties {
	const usual = subject === 'event' ? 'event_properties' : 'profile_fields';
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Filter',
		default: {},
		description: 'Conditions on properties of the event, its session or the user',
		displayOptions: BY_FIELDS,
		options: [
			{
				displayName: 'Filter',
				name: 'filter',
				values: [
					{
						displayName: 'Belongs To',
						name: 'of',
						type: 'options',
						default: usual,
						description: 'Where CleverTap keeps the property',
						options: [
							{ name: 'App', value: 'app_fields', description: 'A fact about the user’s app, such as Make' },
							{ name: 'Demographics', value: 'demographics', description: 'Such as Gender or Education' },
							{ name: 'Event', value: 'event_properties', description: 'A property of the chosen event' },
							{ name: 'Profile', value: 'profile_fields', description: 'A property of the user’s profile' },
							{ name: 'Reachability', value: 'reachability', description: 'Such as has_token' },
							{
								name: 'Session',
								value: 'session_properties',
								description: 'A fact about the session in which the event happened, such as first_time',
							},
							{ name: 'Technographics', value: 'technographics', description: 'Such as Device or Platform' },
						],
					},
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Amount',
						description: 'Name of the property, exactly as CleverTap lists it',
						displayOptions: { hide: { of: ['profile_fields'] } },
					},
					{
						displayName: 'Name',
						name: 'property',
						type: 'resourceLocator',
						default: { mode: 'list', value: '' },
						description: 'Name of the property, exactly as CleverTap lists it',
						displayOptions: { show: { of: ['profile_fields'] } },
						modes: [
							{
								displayName: 'From List',
								name: 'list',
								type: 'list',
								typeOptions: { searchListMethod: 'searchProfileProperties', searchable: true },
							},
							{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Plan' },
						],
					},
					{
						displayName: 'Operator',
						name: 'operator',
						type: 'options',
						default: 'equals',
						description: 'How to compare the property with the value',
						options: [
							{ name: 'Contains', value: 'contains', description: 'The value is somewhere in the text' },
							{ name: 'Does Not Contain', value: 'does_not_contain', description: 'The value is nowhere in the text' },
							{ name: 'Does Not Equal', value: 'not_equals', description: 'It is anything but the value' },
							{ name: 'Does Not Exist', value: 'does_not_exist', description: 'Nothing is stored under this name' },
							{ name: 'Equals', value: 'equals', description: 'It is the value, or one of a list of values' },
							{ name: 'Exists', value: 'exists', description: 'Something is stored under this name' },
							{ name: 'Is Greater Than', value: 'greater_than', description: 'A number above the value' },
							{
								name: 'Is Greater Than or Equal To',
								value: 'greater_than_equals',
								description: 'The value itself or a number above it',
							},
							{ name: 'Is Less Than', value: 'less_than', description: 'A number below the value' },
							{
								name: 'Is Less Than or Equal To',
								value: 'less_than_equals',
								description: 'The value itself or a number below it',
							},
						],
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'What to compare with; an expression may give a list, such as College and Graduate',
						displayOptions: { hide: { operator: ['exists', 'does_not_exist'] } },
					},
					{
						displayName: 'Value Type',
						name: 'valueType',
						type: 'options',
						default: 'string',
						description: 'What the property holds in CleverTap',
						displayOptions: { show: { operator: ['equals', 'not_equals'] } },
						options: [
							{ name: 'Number', value: 'number', description: 'Compare as numbers, such as 5' },
							{ name: 'Text', value: 'string', description: 'Compare as words, such as Gold' },
							{ name: 'True or False', value: 'boolean', description: 'Compare as a yes or a no' },
						],
					},
				],
			},
		],
	};
}

/**
 * A day: empty in version 1, within the last 30 days since then. Profiles that are chosen without an event have none.
 *
 * @param usual an expression
 */
function dayFields(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	usual: string,
	isEvent: boolean,
): INodeProperties[] {
	const common = { ...field, type: 'dateTime' as const, ...(isEvent ? { required: true } : {}) };
	return [
		{ ...common, default: '', displayOptions: { show: { ...BY_FIELDS.show, '@version': [1] } } },
		{
			...common,
			default: usual,
			displayOptions: {
				show: { ...BY_FIELDS.show, '@version': [2] },
				...(isEvent ? {} : { hide: { eventName: [''] } }),
			},
		},
	];
}

/** The query builder, and JSON for what it has no fields for. */
export function queryFields(subject: Subject): INodeProperties[] {
	const isEvent = subject === 'event';
	return [
		{
			displayName: 'Query From',
			name: 'queryMode',
			type: 'options',
			default: 'fields',
			description: `How to say which ${isEvent ? 'events' : 'profiles'} are meant`,
			options: [
				{ name: 'Fields Below', value: 'fields', description: 'Choose an event, days and filters' },
				{
					name: 'JSON',
					value: 'json',
					description: 'A query in CleverTap’s own query language, for what the fields can’t say',
				},
			],
		},
		{
			displayName: 'Event Name',
			name: 'eventName',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			...(isEvent ? { required: true } : {}),
			description: isEvent
				? 'The event, spelled exactly as CleverTap lists it'
				: 'Only users who did this event in the days below, spelled exactly as CleverTap lists it. Leave it empty to choose profiles by their properties alone.',
			displayOptions: BY_FIELDS,
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchEvents', searchable: true },
				},
				{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Feedback Given' },
			],
		},
		...dayFields(
			{
				displayName: 'From',
				name: 'from',
				description:
					'First day of the event: a date, of which only the day counts, or YYYYMMDD. Days are those of your CleverTap project’s time zone.',
			},
			'={{ $now.minus({ days: 29 }).toFormat("yyyy-MM-dd") }}',
			isEvent,
		),
		...dayFields(
			{
				displayName: 'To',
				name: 'to',
				description:
					'Last day of the event, itself included: a date, of which only the day counts, or YYYYMMDD. CleverTap refuses days in the future.',
			},
			'={{ $now.toFormat("yyyy-MM-dd") }}',
			isEvent,
		),
		filtersOf(subject),
		{
			displayName: 'Query (JSON)',
			name: 'queryJson',
			type: 'json',
			default: '{}',
			description:
				'A query in CleverTap’s query language, such as {"event_name": "Charged", "from": 20260201, "to": 20260228}; operators are spelled as in not_equals, true and false are the texts True and False',
			displayOptions: { show: { queryMode: ['json'] } },
		},
	];
}
