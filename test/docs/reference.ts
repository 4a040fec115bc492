/*
 * The part of docs/usage.md that lists every operation, parameter and option, made from the nodes' descriptions.
 * `npm run docs` writes it; a test holds the page to it.
 */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, NodeParameterValue } from 'n8n-workflow';

import { resources as cleverTap } from '../../nodes/CleverTap/resources/resources';
import { resources as tally } from '../../nodes/Tally/resources/resources';
import { TallyTriggerV1_2 } from '../../nodes/Tally/trigger/TallyTriggerV1_2';
import type { Resource } from '../../nodes/shared/operation';

/** The comments in the page between which the list stands. */
const BEGIN = '<!-- made by `npm run docs` from here -->';
const END = '<!-- to here -->';

/** Every operation, parameter and option of the three nodes, in Markdown. */
export function reference(): string {
	const trigger = new TallyTriggerV1_2({
		displayName: 'Tally Trigger',
		name: 'tallyTrigger',
		group: [],
		description: '',
	});
	return [
		'## Tally Trigger',
		table(trigger.description.properties),
		'## Tally',
		...ofOperations(tally),
		'## CleverTap',
		...ofOperations(cleverTap),
	].join('\n\n');
}

/**
 * The page with the list as it is today.
 *
 * @throws Error if the page has no place for it
 */
export function withReference(page: string): string {
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error(`The page lacks "${BEGIN}" or "${END}".`);
	return `${before}${BEGIN}\n\n${reference()}\n\n${END}${after}`;
}

function ofOperations(resources: readonly Resource[]): string[] {
	return resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => [
			`### ${resource.name}: ${operation.name}`,
			sentence(operation.description),
			table(operation.fields),
		]),
	);
}

function table(fields: readonly INodeProperties[]): string {
	const rows = fields.flatMap((field) => rowsOf(field, '', fields));
	if (rows.length === 0) return 'It has no parameters.';
	return ['| parameter | at first | what it is |', '|---|---|---|', ...rows].join('\n');
}

/** A field, and what is in it, each a row; `way` leads to it. */
function rowsOf(field: INodeProperties, way: string, siblings: readonly INodeProperties[]): string[] {
	if (field.type === 'notice' || field.type === 'hidden') return [];
	const here = `${way}${field.displayName}`;
	const about = [sentence(field.description ?? ''), sentence(field.hint ?? ''), ...conditionsOf(field, siblings)]
		.filter(Boolean)
		.join(' ');
	const lines = [about, ...choicesOf(field)].map(cell).join('<br>');
	const row = `| ${cell(way)}**${cell(field.displayName)}** | ${cell(defaultOf(field))} | ${lines} |`;
	return [row, ...below(field).flatMap((inner) => rowsOf(inner, `${here} › `, below(field)))];
}

/** The fields of a collection, or of the rows of one. */
function below(field: INodeProperties): readonly INodeProperties[] {
	if (field.type !== 'collection' && field.type !== 'fixedCollection') return [];
	return (field.options ?? []).flatMap((option) => (isGroup(option) ? option.values : isField(option) ? [option] : []));
}

type Option = INodeProperties | INodePropertyOptions | INodePropertyCollection;

function isGroup(option: Option): option is INodePropertyCollection {
	return 'values' in option;
}

function isField(option: Option): option is INodeProperties {
	return 'type' in option && 'displayName' in option;
}

function isChoice(option: Option): option is INodePropertyOptions {
	return 'value' in option;
}

const choices = ({ options = [] }: INodeProperties): INodePropertyOptions[] => options.filter(isChoice);

/** What there is to choose from. */
function choicesOf(field: INodeProperties): string[] {
	if (field.type === 'resourceLocator') {
		return (field.modes ?? []).map(
			({ displayName, hint = '' }) => `• *${displayName}*${hint === '' ? '' : `: ${sentence(hint)}`}`,
		);
	}
	if (field.type !== 'options' && field.type !== 'multiOptions') return [];
	return choices(field).map(
		({ name, description = '' }) => `• *${name}*${description === '' ? '' : `: ${sentence(description)}`}`,
	);
}

/** When it is shown, beyond its own operation. */
function conditionsOf({ displayOptions = {} }: INodeProperties, siblings: readonly INodeProperties[]): string[] {
	const said = (shown: Readonly<Record<string, unknown>>, word: string): string[] =>
		Object.entries(shown).flatMap(([name, wanted]) => {
			const given = (Array.isArray(wanted) ? wanted : []) as NodeParameterValue[];
			if (name === '@version') return word === 'Where' ? [versions(given)] : [];
			// A field that has other choices in another version is there twice.
			const others = siblings.filter((sibling) => sibling.name === name.replace(/^\//, ''));
			const [other] = others;
			if (other === undefined) return [];
			const having = (value: unknown) => others.find((one) => choices(one).some((choice) => choice.value === value));
			const values = given.map((value) => nameOf(having(value) ?? other, value));
			return [`${word} *${other.displayName}* is ${values.join(' or ')}.`];
		});
	const { show = {}, hide = {} } = displayOptions;
	return [...said(show, 'Where'), ...said(hide, 'Not where')];
}

/** Versions, or the condition that says from which one on. */
function versions(given: readonly unknown[]): string {
	const [first] = given as Array<{ _cnd?: { gte?: number } } | number>;
	const from = typeof first === 'object' ? first._cnd?.gte : undefined;
	return from === undefined ? `In version ${given.map(String).join(' and ')} only.` : `From version ${from} on.`;
}

/** A value of a field, as the editor shows it. */
function nameOf(field: INodeProperties, value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (value === '') return 'empty';
	const chosen = choices(field).find((choice) => choice.value === value);
	if (chosen !== undefined) return `*${chosen.name}*`;
	return typeof value === 'string' || typeof value === 'number' ? `\`${value}\`` : '';
}

function defaultOf(field: INodeProperties): string {
	const { default: first } = field;
	if (first === '' || first === undefined || first === null) return '';
	if (Array.isArray(first)) return first.map((value) => nameOf(field, value)).join(', ');
	return nameOf(field, first);
}

/** A description as a sentence; n8n wants those of one sentence without a period. */
function sentence(text: string): string {
	const plain = text.replace(/<[^>]*>/g, '').trim();
	return plain === '' || /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}

/** What would end a cell, or be markup, stands for itself. */
function cell(text: string): string {
	return text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
}
