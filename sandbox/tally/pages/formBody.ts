import { html } from '../../html';
import type { Html } from '../../html';
import type { Choice, ChoiceQuestion, Form, Question, TextQuestion } from '../form';

const inputs: Record<TextQuestion['type'], { type: string; autocomplete?: string }> = {
	INPUT_TEXT: { type: 'text', autocomplete: 'name' },
	TEXTAREA: { type: 'text' },
	INPUT_EMAIL: { type: 'email', autocomplete: 'email' },
	INPUT_PHONE_NUMBER: { type: 'tel', autocomplete: 'tel' },
	INPUT_LINK: { type: 'text', autocomplete: 'url' },
	INPUT_DATE: { type: 'date' },
	INPUT_TIME: { type: 'time' },
};

/** The form a person fills in. Hidden fields take their values from the address. */
export function formBody(form: Form, query: Record<string, string | string[]>): Html {
	const begun = keepsPartials(form) ? `/r/${form.id}/begun` : '';
	return html`<form class="narrow" method="post" enctype="multipart/form-data" action="/r/${form.id}" data-begun="${begun}">
<h1>${form.name}</h1>
${form.questions.map((question) => questionOf(question, query))}
<button class="send" type="submit">Send</button>
</form>`;
}

/** Whether what is begun and not sent is kept. */
export function keepsPartials({ settings }: Form): boolean {
	return settings?.hasPartialSubmissions === true;
}

function questionOf(question: Question, query: Record<string, string | string[]>): Html | undefined {
	const { id, title } = question;
	switch (question.type) {
		case 'CALCULATED_FIELDS':
			return undefined;
		case 'HIDDEN_FIELDS':
			return html`${question.fields.map(
				({ name }) => html`<input type="hidden" name="hidden.${name}" value="${[query[name] ?? ''].flat()[0]}">`,
			)}`;
		case 'INPUT_NUMBER':
			return labelled(question, html`<input id="${id}" name="${id}" type="number" step="any"${required(question)}>`);
		case 'TEXTAREA':
			return labelled(question, html`<textarea id="${id}" name="${id}" rows="4"${required(question)}></textarea>`);
		case 'RATING':
			return group(
				question,
				html`<div class="stars">${numbers(question.from, question.to).map(
					(number) =>
						html`<label><input type="radio" name="${id}" value="${number}"${required(question)}><span aria-hidden="true">★</span><span class="unseen">${number} of ${question.to}</span></label>`,
				)}</div>`,
			);
		case 'LINEAR_SCALE':
			return group(
				question,
				html`<div class="scale">${numbers(question.from, question.to).map(
					(number) =>
						html`<label><input type="radio" name="${id}" value="${number}"${required(question)}><span>${number}</span></label>`,
				)}</div>`,
			);
		case 'DROPDOWN':
			return labelled(
				question,
				html`<select id="${id}" name="${id}"${required(question)}><option value="">Choose</option>${question.options.map(
					({ text }) => html`<option>${text}</option>`,
				)}</select>`,
			);
		case 'MULTIPLE_CHOICE':
			return group(question, choices(question, question.allowMultiple ? 'checkbox' : 'radio'));
		case 'CHECKBOXES':
			return group(question, choices(question, 'checkbox'));
		case 'MULTI_SELECT':
			return group(
				question,
				html`${choices(question, 'checkbox')}<input type="hidden" name="${id}.order">`,
				'The order in which you pick is kept.',
			);
		case 'RANKING':
			return group(
				question,
				html`<div class="ranking">${choices(question, 'checkbox')}</div><input type="hidden" name="${id}.order">`,
				'Pick the most important one first.',
			);
		case 'MATRIX':
			return group(question, matrix(id, question.rows, question.columns, question.allowMultiple ?? false));
		case 'FILE_UPLOAD':
			return labelled(question, html`<input id="${id}" name="${id}" type="file" multiple${required(question)}>`);
		case 'SIGNATURE':
			return group(question, signature(id, title));
		case 'PAYMENT':
			return group(
				question,
				html`<label class="choice"><input type="checkbox" name="${id}" value="paid"><span>Pay ${question.amount} ${question.currency}. No money moves.</span></label>
<div class="pair"><label>Name on the card<input type="text" name="${id}.name" autocomplete="cc-name"></label>
<label>Email for the receipt<input type="email" name="${id}.email" autocomplete="email"></label></div>`,
			);
		default: {
			const { type, autocomplete } = inputs[question.type];
			return labelled(
				question,
				html`<input id="${id}" name="${id}" type="${type}"${
					autocomplete !== undefined && html` autocomplete="${autocomplete}"`
				}${required(question)}>`,
			);
		}
	}
}

function labelled(question: Question, input: Html): Html {
	return html`<div class="question"><label class="title" for="${question.id}">${question.title}${mark(question)}</label>${input}</div>`;
}

function group(question: Question, content: Html, hint?: string): Html {
	return html`<fieldset class="question"><legend class="title">${question.title}${mark(question)}</legend>${
		hint !== undefined && html`<p class="hint">${hint}</p>`
	}${content}</fieldset>`;
}

function mark({ isRequired }: Question): Html | false {
	return isRequired === true && html` <span class="soft">(required)</span>`;
}

function required({ isRequired }: Question): Html | false {
	return isRequired === true && html` required`;
}

function numbers(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function choices({ id, options, otherId }: ChoiceQuestion, kind: 'radio' | 'checkbox'): Html {
	return html`${options.map(
		(option) =>
			html`<label class="choice"><input type="${kind}" name="${id}" value="${option.text}"><span>${option.text}</span></label>${
				option.id === otherId &&
				html`<input class="other" type="text" name="${id}.other" aria-label="Other, in your words" placeholder="In your words">`
			}`,
	)}`;
}

function matrix(id: string, rows: Choice[], columns: Choice[], allowMultiple: boolean): Html {
	return html`<div class="wide"><table class="matrix"><thead><tr><td></td>${columns.map(
		({ text }) => html`<th scope="col">${text}</th>`,
	)}</tr></thead><tbody>${rows.map(
		(row) =>
			html`<tr><th scope="row">${row.text}</th>${columns.map(
				({ text }) =>
					html`<td><input type="${allowMultiple ? 'checkbox' : 'radio'}" name="${id}.${row.id}" value="${text}" aria-label="${row.text}: ${text}"></td>`,
			)}</tr>`,
	)}</tbody></table></div>`;
}

function signature(id: string, title: string): Html {
	return html`<div class="signature" data-signature>
<canvas width="640" height="160" role="img" aria-label="${title}: space to draw"></canvas>
<div class="pair"><label>Or type your name<input type="text" data-typed autocomplete="name"></label>
<button type="button" data-clear>Clear</button></div>
<input type="hidden" name="${id}">
<noscript><p class="hint">Signing needs JavaScript.</p></noscript>
</div>`;
}
