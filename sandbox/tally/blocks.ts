import { createHash } from 'node:crypto';
import type { Block, Choice, Form, Question, TextsAs } from './form';
import { textPayload } from './texts';

/** One block of a form as `GET /forms/{id}` shows it. */
const optionBlocks = {
	MULTIPLE_CHOICE: 'MULTIPLE_CHOICE_OPTION',
	DROPDOWN: 'DROPDOWN_OPTION',
	CHECKBOXES: 'CHECKBOX',
	MULTI_SELECT: 'MULTI_SELECT_OPTION',
	RANKING: 'RANKING_OPTION',
} as const;

/**
 * The blocks of a form: a title, then for each question its text and its input. An option, a row or
 * a column is a block of its own, whose uuid is the id that webhooks use.
 */
export function blocksOf(form: Form): Block[] {
	if (form.blocks !== undefined) return form.blocks;
	const { textsAs = 'safeHTMLSchema' } = form;
	const groupUuid = derivedUuid(form.id, 'title');
	const title: Block = {
		uuid: derivedUuid(form.id, 'title block'),
		type: 'FORM_TITLE',
		groupUuid,
		groupType: 'TEXT',
		// Live titles of forms have `title` beside their runs.
		payload: {
			...(textsAs === 'safeHTMLSchema' ? { title: form.name } : {}),
			...textPayload(form.name, textsAs, 'html'),
		},
	};
	return [title, ...form.questions.flatMap((question) => questionBlocks(question, textsAs))];
}

/** A uuid that stays the same for the same block. */
export function derivedUuid(...parts: string[]): string {
	const hex = createHash('sha256').update(parts.join('\n')).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
		'-',
	);
}

function questionBlocks(question: Question, textsAs: TextsAs): Block[] {
	const text: Block[] =
		question.title === ''
			? []
			: [
					{
						uuid: derivedUuid(question.groupUuid, 'text'),
						type: 'TITLE',
						groupUuid: derivedUuid(question.groupUuid, 'text group'),
						groupType: 'QUESTION',
						payload: textPayload(question.title, textsAs, 'html'),
					},
				];
	return [...text, ...inputBlocks(question, textsAs)];
}

function inputBlocks(question: Question, textsAs: TextsAs): Block[] {
	const { groupUuid, type } = question;
	const isRequired = question.isRequired ?? false;
	const block = (uuid: string, blockType: string, payload: Record<string, unknown>): Block => ({
		uuid,
		type: blockType,
		groupUuid,
		groupType: type,
		payload,
	});
	const listed = (
		choices: Choice[],
		blockType: string,
		more: (choice: Choice) => Record<string, unknown> = () => ({}),
	): Block[] =>
		choices.map((choice, index) =>
			block(choice.id, blockType, {
				index,
				isFirst: index === 0,
				isLast: index === choices.length - 1,
				...textPayload(choice.text, textsAs, 'text'),
				...more(choice),
			}),
		);

	switch (question.type) {
		case 'MULTIPLE_CHOICE':
		case 'DROPDOWN':
		case 'CHECKBOXES':
		case 'MULTI_SELECT':
		case 'RANKING':
			return listed(question.options, optionBlocks[question.type], ({ id }) => ({
				isRequired,
				allowMultiple: question.allowMultiple ?? false,
				hasOtherOption: question.otherId !== undefined,
				isOtherOption: id === question.otherId,
			}));
		case 'MATRIX':
			return [
				block(derivedUuid(groupUuid, 'matrix'), 'MATRIX', {
					isRequired,
					allowMultiple: question.allowMultiple ?? false,
				}),
				...listed(question.columns, 'MATRIX_COLUMN'),
				...listed(question.rows, 'MATRIX_ROW'),
			];
		case 'HIDDEN_FIELDS':
			return [
				block(derivedUuid(groupUuid, 'hidden'), type, {
					hiddenFields: question.fields.map(({ uuid, name }) => ({ uuid, name })),
				}),
			];
		case 'CALCULATED_FIELDS':
			return [
				block(derivedUuid(groupUuid, 'calculated'), type, {
					calculatedFields: question.fields.map(({ uuid, name, kind }) => ({
						uuid,
						name,
						type: kind,
					})),
				}),
			];
		case 'RATING':
			return [block(derivedUuid(groupUuid, 'input'), type, { isRequired, stars: question.to })];
		case 'LINEAR_SCALE':
			return [
				block(derivedUuid(groupUuid, 'input'), type, {
					isRequired,
					start: question.from,
					end: question.to,
				}),
			];
		case 'PAYMENT':
			return [
				block(derivedUuid(groupUuid, 'input'), type, {
					isRequired,
					amount: question.amount,
					currency: question.currency,
				}),
			];
		default:
			return [block(derivedUuid(groupUuid, 'input'), type, { isRequired })];
	}
}
