import type { Block, Choice, Form, Question } from './form';
import { questionId } from './ids';
import { textIn } from './texts';

const plainInputs = [
	'INPUT_TEXT',
	'TEXTAREA',
	'INPUT_EMAIL',
	'INPUT_PHONE_NUMBER',
	'INPUT_LINK',
	'INPUT_DATE',
	'INPUT_TIME',
	'INPUT_NUMBER',
	'FILE_UPLOAD',
	'SIGNATURE',
] as const;

const optionBlocks = {
	MULTIPLE_CHOICE_OPTION: 'MULTIPLE_CHOICE',
	DROPDOWN_OPTION: 'DROPDOWN',
	CHECKBOX: 'CHECKBOXES',
	MULTI_SELECT_OPTION: 'MULTI_SELECT',
	RANKING_OPTION: 'RANKING',
} as const;

/** The form that somebody has built of blocks; of their questions the plain inputs and choices. */
export function formOfBlocks(id: string, blocks: Block[], status: Form['status'] = 'DRAFT'): Form {
	const now = new Date().toISOString();
	let title = '';
	const questions: Question[] = [];
	const choices = new Map<string, Choice[]>();
	for (const { uuid, type, groupUuid, payload } of blocks) {
		if (type === 'TITLE' || type === 'LABEL') title = textIn(payload);
		const input = plainInputs.find((known) => known === type);
		const choice = Object.entries(optionBlocks).find(([known]) => known === type)?.[1];
		const base = { id: questionId(), title, groupUuid };
		if (input !== undefined) questions.push({ ...base, type: input });
		if (choice === undefined) continue;
		const options = choices.get(groupUuid) ?? [];
		if (options.length === 0) questions.push({ ...base, type: choice, options });
		options.push({ id: uuid, text: textIn(payload) });
		choices.set(groupUuid, options);
	}
	const name = nameIn(blocks);
	return { id, name, status, questions, blocks, createdAt: now, updatedAt: now };
}

/** A form is called what its title block says. */
export function nameIn(blocks: readonly Block[]): string {
	const title = blocks.find(({ type }) => type === 'FORM_TITLE');
	return textIn(title?.payload);
}
