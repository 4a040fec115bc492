import type { Answer, Answers } from './answers';
import type { Choice, Form, Question } from './form';
import type { Habits } from './habits';
import { derivedUuid } from './blocks';

/** A submission as it is kept. */
export interface StoredSubmission {
	id: string;
	formId: string;
	respondentId: string;
	isCompleted: boolean;
	/** When it was completed, or, as long as it is not, when it was begun; ISO 8601, whole seconds. */
	submittedAt: string;
	/** When it was begun, if not when it was submitted. */
	createdAt?: string;
	/** When something in it last changed, if not when it was submitted. */
	updatedAt?: string;
	answers: Answers;
}

/** A submission as the REST API shows it: answered questions only, options by their texts. */
export interface RestSubmission {
	id: string;
	formId: string;
	respondentId: string;
	isCompleted: boolean;
	/** Null for a partial one, as a rule. */
	submittedAt: string | null;
	createdAt: string;
	updatedAt: string;
	previewUrl: string;
	pdfUrl: string;
	responses: Array<{
		id: string;
		formId: string;
		questionId: string;
		respondentId: string;
		submissionId: string;
		sessionUuid: string;
		answer: unknown;
		createdAt: string;
		updatedAt: string;
	}>;
}

export interface SubmissionLinks {
	previewUrl: string;
	pdfUrl: string;
}

export function restSubmission(
	form: Form,
	submission: StoredSubmission,
	links: SubmissionLinks,
	{ partialsAreDated }: Pick<Habits, 'partialsAreDated'>,
): RestSubmission {
	const { id, formId, respondentId, isCompleted, submittedAt } = submission;
	const times = { createdAt: submission.createdAt ?? submittedAt, updatedAt: submission.updatedAt ?? submittedAt };
	const responses = [...(form.deletedQuestions ?? []), ...form.questions].flatMap((question) => {
		const answer = restAnswer(question, submission.answers.get(question.id) ?? null);
		if (answer === null) return [];
		return [
			{
				id: derivedUuid(id, question.id).slice(0, 7),
				formId,
				questionId: question.id,
				respondentId,
				submissionId: id,
				sessionUuid: derivedUuid(id, 'session'),
				answer,
				...times,
			},
		];
	});
	return {
		id,
		formId,
		respondentId,
		isCompleted,
		submittedAt: isCompleted || partialsAreDated ? submittedAt : null,
		...times,
		...links,
		responses,
	};
}

export function isAnswered(answer: Answer | undefined): boolean {
	return answer !== undefined && answer !== null && answer !== '';
}

function restAnswer(question: Question, answer: Answer): unknown {
	if (!isAnswered(answer)) return null;
	switch (question.type) {
		case 'MULTIPLE_CHOICE':
		case 'DROPDOWN':
		case 'CHECKBOXES':
		case 'MULTI_SELECT':
		case 'RANKING':
			return Array.isArray(answer) ? answer.map((id) => textOf(question.options, id)) : answer;
		case 'MATRIX':
			// Rows stay uuids, columns become texts (seen by one public client).
			return Object.fromEntries(
				Object.entries(answer ?? {}).map(([row, columns]) => [
					row,
					Array.isArray(columns) ? columns.map((id) => textOf(question.columns, id)) : columns,
				]),
			);
		case 'HIDDEN_FIELDS':
			return Object.values(answer ?? {}).every((value) => value === null) ? null : answer;
		default:
			return answer;
	}
}

function textOf(choices: Choice[], id: unknown): unknown {
	return choices.find((choice) => choice.id === id)?.text ?? id;
}
