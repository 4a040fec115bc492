import { filledText, isBlank, recordsIn } from '../../shared/guards';
import type { BlockGroup, Choice, FormShape } from './blocks';
import { splitAtLastBracket } from './brackets';

/** A question as the REST API lists it, with what only the form's blocks know. */
export interface ListedQuestion {
	id: string;
	type: string;
	/** Trimmed; empty if it has none. */
	title: string;
	/** Removed from the form; old submissions may still answer it. */
	isDeleted: boolean;
	options: Choice[];
	rows: Choice[];
	columns: Choice[];
	/** The named parts of hidden and calculated fields. */
	fields: Array<{ uuid: string; name: string }>;
	/** As Tally gave it. */
	raw: Record<string, unknown>;
}

const NAMED_PARTS = new Set(['HIDDEN_FIELDS', 'CALCULATED_FIELDS']);
const NO_BLOCKS: BlockGroup = { options: [], rows: [], columns: [], fields: [] };

/**
 * The questions of a form in the order of the form, those that were removed from it last.
 *
 * The list does not promise an order and has neither options nor rows nor columns
 * (https://api.tally.so/openapi.json): the blocks supply both.
 *
 *     [{id: 'EKOE2N', type: 'DROPDOWN', title: 'Why?', fields: […]}]
 *     → [{id: 'EKOE2N', type: 'DROPDOWN', title: 'Why?', options: [{id: 'o1', text: 'Price'}], …}]
 */
export function readQuestions(list: unknown, form: FormShape): ListedQuestion[] {
	let last = -1;
	const placed = recordsIn(list).flatMap((raw) => {
		const id = filledText(raw.id);
		if (id === undefined) return [];
		const fields = recordsIn(raw.fields);
		const names = fields.flatMap(({ blockGroupUuid, uuid }) =>
			[filledText(blockGroupUuid), filledText(uuid)].filter((name) => name !== undefined),
		);
		// What the blocks do not tell stands behind what it was listed behind.
		last = names.map((name) => form.positions.get(name)).find((found) => found !== undefined) ?? last;
		return [{ position: last, question: readQuestion(id, raw, fields, names, form) }];
	});
	return placed
		.sort(
			(one, other) =>
				Number(one.question.isDeleted) - Number(other.question.isDeleted) || one.position - other.position,
		)
		.map(({ question }) => question);
}

/** The names under which a form takes values from its address; those of questions that were removed it drops. */
export function hiddenFieldNames(questions: readonly ListedQuestion[]): string[] {
	return questions
		.filter(({ type, isDeleted }) => type === 'HIDDEN_FIELDS' && !isDeleted)
		.flatMap(({ fields }) => fields.map(({ name }) => name));
}

function readQuestion(
	id: string,
	raw: Record<string, unknown>,
	fields: Array<Record<string, unknown>>,
	names: string[],
	form: FormShape,
): ListedQuestion {
	const group = names.map((name) => form.groups.get(name)).find((found) => found !== undefined);
	const { options, rows, columns } = group ?? NO_BLOCKS;
	const type = filledText(raw.type) ?? '';
	const title = filledText(raw.title)?.trim() ?? '';
	return {
		id,
		type,
		title,
		isDeleted: raw.isDeleted === true,
		options,
		rows: type === 'MATRIX' ? namedRows(rows, fields, title) : rows,
		columns,
		fields: NAMED_PARTS.has(type) ? namedFields(fields, group) : [],
		raw,
	};
}

function namedFields(fields: Array<Record<string, unknown>>, group: BlockGroup | undefined): ListedQuestion['fields'] {
	const listed = fields.flatMap((field) => {
		const name = filledText(field.title);
		return name === undefined ? [] : [{ uuid: filledText(field.uuid) ?? name, name }];
	});
	return listed.length > 0 ? listed : (group?.fields ?? []);
}

/**
 * The rows of a matrix. Where the form's blocks do not tell their texts, its fields do, one for each row
 * (seen live 2026): `Rate us [Speed]` is the row `Speed` of the question `Rate us`.
 */
function namedRows(rows: Choice[], fields: Array<Record<string, unknown>>, title: string): Choice[] {
	if (rows.length > 0 && rows.every(({ text }) => !isBlank(text))) return rows;
	// Either all fields name the matrix as their group, or each of them its row.
	const haveOwnGroups = new Set(fields.map(({ blockGroupUuid }) => blockGroupUuid)).size === fields.length;
	const named = fields.flatMap((field): Choice[] => {
		const text = rowIn(filledText(field.title) ?? '', title);
		const id = (haveOwnGroups ? filledText(field.blockGroupUuid) : undefined) ?? filledText(field.uuid);
		return text === '' || id === undefined ? [] : [{ id, text }];
	});
	if (rows.length === 0) return named;
	const textOf = new Map(named.map(({ id, text }) => [id, text]));
	// Fields that name no row stand in the order of the rows.
	const isInOrder = named.length === rows.length && !rows.some(({ id }) => textOf.has(id));
	return rows.map(({ id, text }, index) => {
		const listed = isInOrder ? named[index]?.text : textOf.get(id);
		return { id, text: isBlank(text) ? (listed ?? text) : text };
	});
}

/** `'Rate us [Speed]'`, `'Rate us'` → `'Speed'`; of a question with another title, what stands in the last brackets. */
function rowIn(fieldTitle: string, title: string): string {
	const text = fieldTitle.trim();
	const isOfTitle = title !== '' && text.startsWith(`${title} [`) && text.endsWith(']');
	const row = isOfTitle ? text.slice(title.length + 2, -1) : splitAtLastBracket(text, '[]')?.inside;
	return row?.trim() ?? '';
}
