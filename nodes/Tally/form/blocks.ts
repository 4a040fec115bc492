import { filledText, isBlank, isRecord, recordsIn } from '../../shared/guards';

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
	/** By the UUID of the group, and of each of its blocks. */
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
	const inBlocks = new Map<string, BlockGroup>();
	const positions = new Map<string, number>();
	recordsIn(form.blocks).forEach((block, position) => {
		const uuid = filledText(block.uuid) ?? '';
		const groupUuid = filledText(block.groupUuid) ?? uuid;
		const group = groups.get(groupUuid) ?? { options: [], rows: [], columns: [], fields: [] };
		groups.set(groupUuid, group);
		inBlocks.set(uuid, group);
		const payload = isRecord(block.payload) ? block.payload : {};
		const fields = [...fieldsIn(payload.hiddenFields), ...fieldsIn(payload.calculatedFields)];
		for (const field of fields) group.fields.push(field);
		choicesFor(block.type, group)?.push({ id: uuid, text: textOf(payload) });
		for (const name of [uuid, groupUuid, ...fields.map((field) => field.uuid)]) {
			if (!positions.has(name)) positions.set(name, position);
		}
	});
	const options = [...groups.values()].flatMap((group) => group.options);
	const name = filledText(form.name)?.trim() ?? null;
	return { name, groups: new Map([...inBlocks, ...groups]), options, positions };
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

/**
 * The plain text of a block, from the first of the members in which Tally keeps it. The API takes `text`, `title`
 * or `html`; forms made in Tally's editor have runs of text with their formatting (seen live 2026).
 *
 *     {text: 'Speed'}, {html: '<b>Speed</b>'}, {safeHTMLSchema: [['Sp'], ['eed', [['tag', 'span']]]]} → 'Speed'
 *
 * A line that begins anew is one in each of them.
 */
function textOf({ text, title, html, safeHTMLSchema }: Record<string, unknown>): string {
	const plain = [text, title].find((member) => !isBlank(filledText(member)));
	if (typeof plain === 'string') return plain;
	const shown = textOfHtml(filledText(html) ?? '');
	return isBlank(shown) && Array.isArray(safeHTMLSchema) ? safeHTMLSchema.map((run) => textOfRun(run)).join('') : shown;
}

/** Runs may hold runs, as tags do; nobody nests them deeper. */
const MAX_DEPTH = 20;

/** `['Sp', [['tag', 'span']]]` → `'Sp'`; `[['Sp', 'eed'], [['tag', 'b']]]` → `'Speed'`; `['', [['tag', 'br']]]` → a line break. */
function textOfRun(run: unknown, depth = 0): string {
	if (!Array.isArray(run)) return filledText(run) ?? '';
	const [content, formats] = run as unknown[];
	if (Array.isArray(content))
		return depth < MAX_DEPTH ? content.map((part) => textOfRun(part, depth + 1)).join('') : '';
	return filledText(content) ?? (isLineBreak(formats) ? '\n' : '');
}

function isLineBreak(formats: unknown): boolean {
	return (
		Array.isArray(formats) &&
		formats.some((format) => Array.isArray(format) && format[0] === 'tag' && format[1] === 'br')
	);
}

/** Tags with which a new line begins. */
const LINE_BREAK = /^(?:br|\/p|\/div|\/li)(?![a-z\d])/i;

/** `'<p>Very <b>good</b> &amp;<br>cheap</p>'` → `'Very good &\ncheap'`; a tag that is not closed stays. */
function textOfHtml(html: string): string {
	const parts: string[] = [];
	let end = 0;
	for (let start = html.indexOf('<'); start >= 0; start = html.indexOf('<', end)) {
		const close = html.indexOf('>', start);
		if (close < 0) break;
		parts.push(html.slice(end, start));
		if (LINE_BREAK.test(html.slice(start + 1, close))) parts.push('\n');
		end = close + 1;
	}
	parts.push(html.slice(end));
	return parts.join('').trim().replace(ENTITY, signOf);
}

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi;
/** Those that must be written so in HTML, and what editors make of a blank and of a quote. */
const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** An entity that nobody knows stays as it is. */
function signOf(entity: string, decimal?: string, hexadecimal?: string, name = ''): string {
	const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
	if (Number.isNaN(code)) return Object.hasOwn(SIGNS, name) ? (SIGNS[name] ?? entity) : entity;
	return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

function fieldsIn(list: unknown): BlockGroup['fields'] {
	return recordsIn(list).flatMap((field) => {
		const uuid = filledText(field.uuid);
		const name = filledText(field.name);
		return uuid === undefined || name === undefined ? [] : [{ uuid, name }];
	});
}
