/** An option, a matrix row or a matrix column; its id is the uuid of its block. */
export interface Choice {
	id: string;
	text: string;
}

/** A hidden or a calculated field: a named part of one question. */
export interface NamedField {
	uuid: string;
	name: string;
}

interface Base {
	/** Unique in its form; webhook keys are `question_` and this id. */
	id: string;
	/** Empty for a question that nobody gave a text. */
	title: string;
	groupUuid: string;
	isRequired?: boolean;
}

export interface TextQuestion extends Base {
	type: 'INPUT_TEXT' | 'TEXTAREA' | 'INPUT_EMAIL' | 'INPUT_PHONE_NUMBER' | 'INPUT_LINK' | 'INPUT_DATE' | 'INPUT_TIME';
}

export interface NumberQuestion extends Base {
	type: 'INPUT_NUMBER';
}

export interface ScaleQuestion extends Base {
	type: 'RATING' | 'LINEAR_SCALE';
	from: number;
	to: number;
}

export interface ChoiceQuestion extends Base {
	type: 'MULTIPLE_CHOICE' | 'DROPDOWN' | 'CHECKBOXES' | 'MULTI_SELECT' | 'RANKING';
	options: Choice[];
	/** Id of the option that lets the person write an answer of their own. */
	otherId?: string;
	/** For MULTIPLE_CHOICE: several picks are allowed. */
	allowMultiple?: boolean;
}

export interface MatrixQuestion extends Base {
	type: 'MATRIX';
	rows: Choice[];
	columns: Choice[];
	/** Several columns of one row may be ticked. */
	allowMultiple?: boolean;
}

export interface FileQuestion extends Base {
	type: 'FILE_UPLOAD' | 'SIGNATURE';
}

export interface PaymentQuestion extends Base {
	type: 'PAYMENT';
	amount: number;
	currency: string;
}

export interface HiddenQuestion extends Base {
	type: 'HIDDEN_FIELDS';
	fields: NamedField[];
}

export interface CalculatedQuestion extends Base {
	type: 'CALCULATED_FIELDS';
	fields: Array<NamedField & { kind: 'NUMBER' | 'TEXT'; from: (numbers: NumberOf) => number | string }>;
}

/** The number a person gave for the question with this title, 0 without one. */
export type NumberOf = (title: string) => number;

export type Question =
	| TextQuestion
	| NumberQuestion
	| ScaleQuestion
	| ChoiceQuestion
	| MatrixQuestion
	| FileQuestion
	| PaymentQuestion
	| HiddenQuestion
	| CalculatedQuestion;

export interface Block {
	uuid: string;
	type: string;
	groupUuid: string;
	groupType: string;
	payload: Record<string, unknown>;
}

/**
 * Which member of a block's payload has its text. `text`: `html` for titles and `text` for
 * everything else, as the API takes them. `html`: `html` everywhere, with its entities.
 * `safeHTMLSchema`: runs of text with their formatting, as forms made in Tally's editor come.
 */
export type TextsAs = 'text' | 'html' | 'safeHTMLSchema';

export type FormStatus = 'BLANK' | 'DRAFT' | 'PUBLISHED' | 'DELETED';

export interface Form {
	id: string;
	name: string;
	status: FormStatus;
	questions: Question[];
	/** Removed from the form; the REST API still lists them, and old submissions answer them. */
	deletedQuestions?: Question[];
	/** The member of a block's payload that has its text; default `safeHTMLSchema`, as live forms have it. */
	textsAs?: TextsAs;
	/**
	 * What a matrix question's fields have as `blockGroupUuid`: the uuid of its group, as the fields of
	 * other questions have, or that of the row's block, as one public client found. Default `row`.
	 */
	matrixFieldsBy?: 'group' | 'row';
	/** As given, where somebody built the form of blocks. */
	blocks?: Block[];
	settings?: Record<string, unknown>;
	workspaceId?: string;
	folderId?: string;
	createdAt: string;
	updatedAt: string;
}
