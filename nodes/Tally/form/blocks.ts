import { filledText, isRecord, recordsIn } from '../../shared/guards';

/** What a value of a question refers to: ids and their texts, as webhooks list them. */
export interface Choice {
	id: string;
	text: string;
}

/** What a form's blocks tell of one question. */
export interface BlockGroup {
	options: Choice[];
	rows: Choice[];
	columns: Choice[];
	/** Of hidden and calculated fields. */
	fields: Array<{ uuid: string; name: string }>;
}

/** A form as far as questions need it. */
export interface FormShape {
	name: string | null;
	/** By the UUID of the group. */
	groups: ReadonlyMap<string, BlockGroup>;
	/** Of all questions: ids are unique in the whole form. */
	options: readonly Choice[];
	/** Where in the form a block, a group or a field stands. */
	positions: ReadonlyMap<string, number>;
}

/**
 * Reads a form with its blocks, as `GET /forms/{formId}` gives it.
 *
 *     {name: 'Feedback', blocks: [{uuid: 'o1', groupUuid: 'g1', type: 'DROPDOWN_OPTION', payload: {text: 'Price'}}]}
 *     → {name: 'Feedback', options: [{id: 'o1', text: 'Price'}], groups: {g1 → …}, positions: {o1 → 0, g1 → 0}}
 */
export function readForm(body: unknown): FormShape {
	const form = isRecord(body) ? body : {};
	const groups = new Map<string, BlockGroup>();
	const positions = new Map<string, number>();
	recordsIn(form.blocks).forEach((block, position) => {
		const uuid = filledText(block.uuid) ?? '';
		const groupUuid = filledText(block.groupUuid) ?? uuid;
		const group = groups.get(groupUuid) ?? { options: [], rows: [], columns: [], fields: [] };
		groups.set(groupUuid, group);
		const payload = isRecord(block.payload) ? block.payload : {};
		const fields = [...fieldsIn(payload.hiddenFields), ...fieldsIn(payload.calculatedFields)];
		group.fields.push(...fields);
		choicesFor(block.type, group)?.push({ id: uuid, text: textOf(payload) });
		for (const name of [uuid, groupUuid, ...fields.map((field) => field.uuid)]) {
			if (!positions.has(name)) positions.set(name, position);
		}
	});
	const options = [...groups.values()].flatMap((group) => group.options);
	return { name: filledText(form.name)?.trim() ?? null, groups, options, positions };
}

/** Every option, row and column is a block of its own, whose UUID is the id in webhooks. */
function choicesFor(type: unknown, group: BlockGroup): Choice[] | undefined {
	switch (type) {
		case 'MULTIPLE_CHOICE_OPTION':
		case 'CHECKBOX':
		case 'DROPDOWN_OPTION':
		case 'MULTI_SELECT_OPTION':
		case 'RANKING_OPTION':
			return group.options;
		case 'MATRIX_ROW':
			return group.rows;
		case 'MATRIX_COLUMN':
			return group.columns;
		default:
			return undefined;
	}
}

/** The plain text of a block; where it has only HTML, what is left without tags. */
function textOf(payload: Record<string, unknown>): string {
	return filledText(payload.text) ?? filledText(payload.title) ?? withoutTags(filledText(payload.html) ?? '');
}

/** `'<p>Very <b>good</b></p>'` → `'Very good'`; what is not closed stays. */
function withoutTags(html: string): string {
	let text = '';
	let end = 0;
	for (let start = html.indexOf('<'); start >= 0; start = html.indexOf('<', end)) {
		const close = html.indexOf('>', start);
		if (close < 0) break;
		text += html.slice(end, start);
		end = close + 1;
	}
	return text + html.slice(end);
}

function fieldsIn(list: unknown): BlockGroup['fields'] {
	return recordsIn(list).flatMap((field) => {
		const uuid = filledText(field.uuid);
		const name = filledText(field.name);
		return uuid === undefined || name === undefined ? [] : [{ uuid, name }];
	});
}
