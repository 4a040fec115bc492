import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { Tally } from '../../nodes/Tally/Tally.node';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** Words that say nothing by themselves. */
const STOP_WORDS = new Set(
	'a all an and any are as at be by can do each every for from has have here in into is it its many not of on one or out set that the their them these this those to up use used via was what which will with your'.split(
		' ',
	),
);

function words(text: string): string[] {
	const found = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
	// The plural of a label's word is that word again.
	return found.filter((word) => !STOP_WORDS.has(word)).map((word) => word.replace(/(?<=..)s$/, ''));
}

/** What is wrong with a description, seen beside its label and an operation's action. */
function wrongWith(label: string, description: string | undefined, action = ''): string | undefined {
	if (description === undefined || description.trim() === '') return 'has no description';
	const known = new Set(words(`${label} ${action}`));
	if (words(description).every((word) => known.has(word))) return `only repeats its label: ${description}`;
	if (description.length <= label.length) return `says less than its label: ${description}`;
	return undefined;
}

/** Every operation, option and property that lacks a helpful description, with the way to it. */
function poor(entries: readonly Entry[], way: string): string[] {
	return entries.flatMap((entry): string[] => {
		if ('values' in entry) return poor(entry.values, `${way} > ${entry.displayName}`);
		const isOption = 'value' in entry;
		// A notice is nothing but its text.
		if (!isOption && entry.type === 'notice') return [];
		const label = isOption ? entry.name : entry.displayName;
		const here = `${way} > ${label}${isOption ? '' : shownFor(entry)}`;
		const wrong = wrongWith(label, entry.description, isOption ? entry.action : undefined);
		const below = isOption ? [] : poor(entry.options ?? [], here);
		return [...(wrong === undefined ? [] : [`${here} ${wrong}`]), ...below];
	});
}

function shownFor({ displayOptions }: INodeProperties): string {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	return resource.length === 0 ? '' : ` (${[...resource, ...operation].map(String).join(' ')})`;
}

it.each([
	['Limit', undefined, 'has no description'],
	['Limit', ' ', 'has no description'],
	['Workspace', 'The workspace to use', 'only repeats'],
	['Workspace IDs', 'IDs of the workspaces', 'only repeats'],
	['What To Do When Not Found', 'Stop or go on', 'says less'],
])('finds fault with "%s" described as %j', (label, description, wrong) => {
	expect(wrongWith(label, description)).toContain(wrong);
});

it('finds fault with an operation that is described as its action is', () => {
	expect(wrongWith('Get Many', 'Get the forms of all', 'Get many forms')).toContain('only repeats');
});

it.each([
	['Limit', 'Max number of results to return'],
	['Email', 'The address in the profile'],
	['Name', 'What the folder is called'],
])('takes "%s" described as "%s"', (label, description) => {
	expect(wrongWith(label, description)).toBeUndefined();
});

it.each([
	['Tally Trigger', new TallyTrigger().getNodeType().description.properties],
	['Tally', new Tally().description.properties],
	['CleverTap', new CleverTap().description.properties],
	['Tally API', new TallyAccountApi().properties],
	['CleverTap API', new CleverTapAccountApi().properties],
])('every operation, option and property of %s says more than its label', (name, properties) => {
	expect(properties.length).toBeGreaterThan(0);
	expect([...new Set(poor(properties, name))]).toEqual([]);
});
