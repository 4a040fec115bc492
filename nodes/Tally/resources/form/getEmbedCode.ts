import { isBlank, isRecord, recordsIn } from '../../../shared/guards';
import { ItemError } from '../../../shared/itemError';
import type { Operation } from '../../../shared/operation';
import { requiredText } from '../../../shared/parameters/itemParameters';
import { toItemError } from '../../../shared/perItem';
import { requiredYesNo } from '../../../shared/yesNo';
import { formParameter } from '../../form/parameter';
import { hiddenFieldNames, readQuestions } from '../../form/questions';
import { formShape } from '../common/formShape';
import { forEachItem, type TallyItem } from '../common/item';
import { embedCode, RESERVED_NAMES, type EmbedKind, type HiddenField } from './embedCode';
import { embedAsField, embedOptionsField, hiddenFieldsField } from './embedFields';

const TEMPLATES =
	'A template of another system goes into "Template", which is there once "Value Is" is set to Template.';

const KINDS: readonly EmbedKind[] = ['fullPage', 'link', 'popup', 'standard'];

/** Asks Tally twice at most for a form, however many items there are. */
const forEach = forEachItem(async (item) => {
	const formId = item.form();
	const kind = KINDS.find((each) => each === item.value('embedAs'));
	if (kind === undefined) {
		throw new ItemError('The value of "Embed As" is not in its list', 'Choose one from the list in "Embed As".');
	}
	const options = item.collection('options');
	const isOn = (name: string, label: string): boolean => requiredYesNo(options[name], label);
	const look = {
		isAlignedLeft: isOn('alignLeft', 'Align Left'),
		isAsHighAsForm: isOn('dynamicHeight', 'Dynamic Height') && kind === 'standard',
		hasNoTitle: isOn('hideTitle', 'Hide Title'),
		isTransparent: isOn('transparentBackground', 'Transparent Background'),
		isForIos: isOn('worksInIos', 'Works in iOS In-Apps') && (kind === 'standard' || kind === 'fullPage'),
	};
	if (look.isAsHighAsForm && look.isForIos) {
		throw new ItemError(
			'"Dynamic Height" and "Works in iOS In-Apps" can’t both be on',
			'Turn one off: the height needs a script of Tally’s, and an in-app message of iOS a frame that loads without one.',
		);
	}
	const hidden = hiddenIn(rowsOf(item), kind);
	const { name } = await formShape(item.client, formId);
	const known = hidden.length === 0 ? [] : await hiddenFieldsOf(item, formId);
	return [
		{
			...embedCode({ formId, title: name ?? 'Form', kind, hidden, ...look }),
			unknownFields: hidden.map((field) => field.name).filter((field) => !known.includes(field)),
		},
	];
});

export const getEmbedCode: Operation = {
	value: 'getEmbedCode',
	name: 'Get Embed Code',
	action: 'Get embed code of a form',
	description: 'Get the link of a form, or the HTML that shows it elsewhere, with values for its hidden fields',
	fields: [formParameter, embedAsField, hiddenFieldsField, embedOptionsField],

	execute: async (context) => {
		const output = await forEach(context);
		const unknown = new Set(output.flatMap(({ json }) => (json.unknownFields ?? []) as string[]));
		if (unknown.size > 0) {
			const names = [...unknown].map((name) => `"${name}"`).join(', ');
			context.addExecutionHints({
				message: `Not a hidden field of the form: ${names}. Tally drops what is sent under such a name. Add it to the form (a block "Hidden fields"), or choose one from the list.`,
				type: 'warning',
				location: 'outputPane',
			});
		}
		return output;
	},
};

async function hiddenFieldsOf({ client }: TallyItem, formId: string): Promise<string[]> {
	return await client.once(`hidden fields ${formId}`, async () => {
		const body = await client.call({
			method: 'GET',
			path: `/forms/${formId}/questions`,
			expects: { list: 'questions' },
			chosen: { Form: formId },
		});
		const list = isRecord(body) ? body.questions : body;
		return hiddenFieldNames(readQuestions(list, await formShape(client, formId)));
	});
}

/** n8n takes a template of another system for a wrong expression of its own, where the field is set so. */
function rowsOf(item: TallyItem): Array<Record<string, unknown>> {
	try {
		const value = item.value('hiddenFields');
		return recordsIn(isRecord(value) ? value.field : undefined);
	} catch (thrown) {
		const error = new ItemError(
			`n8n can’t fill in "Hidden Fields": ${toItemError(thrown).message}`,
			`${TEMPLATES} Anything else is an expression to correct.`,
		);
		error.cause = thrown;
		throw error;
	}
}

/** A row without name and value is not there. */
function hiddenIn(rows: Array<Record<string, unknown>>, kind: EmbedKind): HiddenField[] {
	const hidden = rows
		.map((row, index) => ({
			name: plain(row.name),
			value: row[row.valueIs === 'template' ? 'template' : 'value'],
			isTemplate: row.valueIs === 'template',
			number: index + 1,
		}))
		.filter(({ name, value }) => !isBlank(name) || !isBlank(value))
		.map(({ name, value, isTemplate, number }): HiddenField => {
			const field = requiredText(name, 'Name');
			return { name: field, value: textOf(value, number), isTemplate };
		});
	hidden.forEach(({ name }, index) => {
		if (hidden.findIndex((other) => other.name === name) < index) {
			throw new ItemError('"Hidden Fields" has two rows of one name', 'Remove one of the two.');
		}
		if (RESERVED_NAMES.includes(name) || (kind === 'popup' && name.startsWith('tally-'))) {
			throw new ItemError(
				`"${name}" can’t be a hidden field here`,
				'With this name Tally is told how the form looks. Rename the hidden field in the form.',
			);
		}
	});
	return hidden;
}

/** Errors tell the row, not its name: what was mapped there may be an answer. */
function textOf(value: unknown, row: number): string {
	if (typeof value === 'string' && !isBlank(value)) return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (isBlank(value)) {
		throw new ItemError(`Row ${row} of "Hidden Fields" has no value`, `Fill it in, or remove the row. ${TEMPLATES}`);
	}
	throw new ItemError(
		`The value in row ${row} of "Hidden Fields" is not a text`,
		'An address holds texts only. Map one field of what is there.',
	);
}

function plain(value: unknown): unknown {
	return isRecord(value) && value.__rl === true ? value.value : value;
}
