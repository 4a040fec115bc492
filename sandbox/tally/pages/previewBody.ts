import { html } from '../../html';
import type { Html } from '../../html';
import type { Answer, Answers } from '../answers';
import type { Choice, Form, Question } from '../form';
import { isAnswered } from '../submissions';
import type { StoredSubmission } from '../submissions';

/** The answers of one submission, as the signed preview link shows them. */
export function previewBody(form: Form, submission: StoredSubmission): Html {
	return html`<h1>${form.name}</h1>
<p class="soft">Submission <code>${submission.id}</code>, ${submission.submittedAt}</p>
<div class="card wide"><table class="lines"><tbody>${form.questions.flatMap((question) =>
		lines(question, submission.answers).map(
			([title, text]) => html`<tr><th scope="row">${title}</th><td>${text}</td></tr>`,
		),
	)}</tbody></table></div>`;
}

function lines(question: Question, answers: Answers): Array<[string, string]> {
	const answer = answers.get(question.id) ?? null;
	if (!isAnswered(answer)) return [];
	switch (question.type) {
		case 'HIDDEN_FIELDS':
		case 'CALCULATED_FIELDS':
			return Object.entries(answer ?? {})
				.filter(([, value]) => value !== null)
				.map(([name, value]) => [name, String(value)]);
		case 'MATRIX':
			return Object.entries(answer ?? {}).map(([row, columns]) => [
				`${question.title} ${named(question.rows, row)}`,
				[columns]
					.flat()
					.map((column) => named(question.columns, String(column)))
					.join(', '),
			]);
		case 'PAYMENT':
			return [
				[
					question.title,
					Object.values(answer ?? {})
						.filter(Boolean)
						.join(', '),
				],
			];
		default:
			return [[question.title, textOf(answer, 'options' in question ? question.options : [])]];
	}
}

function textOf(answer: Answer, options: Choice[]): string {
	if (typeof answer === 'string' || typeof answer === 'number') return String(answer);
	if (!Array.isArray(answer)) return '';
	return answer.map((entry) => (typeof entry === 'string' ? named(options, entry) : entry.name)).join(', ');
}

function named(choices: Choice[], id: string): string {
	return choices.find((choice) => choice.id === id)?.text ?? id;
}
