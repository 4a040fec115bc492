import { createHash, createHmac } from 'node:crypto';

interface Field {
	key: string;
	label: string;
	type: string;
	value: unknown;
	options?: Array<{ id: string; text: string }>;
}

/** An id that looks like one of Tally's and is the same in every run. */
function idOf(...parts: ReadonlyArray<string | number>): string {
	const digits = createHash('sha256').update(parts.join('/')).digest('hex');
	return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

const choices = (question: number, count: number): Array<{ id: string; text: string }> =>
	Array.from({ length: count }, (_, number) => ({
		id: idOf(question, number),
		text: `Choice ${number + 1} of question ${question}`,
	}));

const sentence = 'We wear them every day and would buy them again, in another colour perhaps. ';

/** One question after the other, as forms have them: texts, numbers, picks and hidden fields. */
function fieldsOf(question: number): Field[] {
	const key = `question_${idOf(question).slice(0, 6)}`;
	const label = `Question ${question}: what do you think of it?`;
	switch (question % 6) {
		case 0:
			return [{ key, label, type: 'INPUT_EMAIL', value: `ada.${question}@example.com` }];
		case 1:
			return [{ key, label, type: 'RATING', value: (question % 5) + 1 }];
		case 2: {
			const options = choices(question, 8);
			return [{ key, label, type: 'MULTIPLE_CHOICE', value: [options[question % 8]?.id], options }];
		}
		case 3: {
			const options = choices(question, 6);
			const ticks = options.map(({ id, text }, number) => ({
				key: `${key}_${id}`,
				label: `${label} (${text})`,
				type: 'CHECKBOXES',
				value: number % 2 === 0,
			}));
			return [
				{
					key,
					label,
					type: 'CHECKBOXES',
					value: options.filter((_, number) => number % 2 === 0).map(({ id }) => id),
					options,
				},
				...ticks,
			];
		}
		case 4:
			return [{ key, label, type: 'TEXTAREA', value: sentence.repeat(4) }];
		default:
			return [{ key, label: `utm_${question}`, type: 'HIDDEN_FIELDS', value: 'newsletter' }];
	}
}

/** The body that Tally posts for a submission, of about so many bytes. */
export function submissionBody(formId: string, bytes: number, submissionId = 'Z9Z97Go'): Buffer {
	const fields: Field[] = [];
	const body = () =>
		Buffer.from(
			JSON.stringify({
				eventId: idOf('event', submissionId),
				eventType: 'FORM_RESPONSE',
				createdAt: '2026-02-09T10:00:00.000Z',
				data: {
					responseId: submissionId,
					submissionId,
					respondentId: 'aB3xYz',
					formId,
					formName: 'Feedback',
					createdAt: '2026-02-09T10:00:00.000Z',
					fields,
				},
			}),
		);
	for (let question = 0; body().length < bytes; question++) fields.push(...fieldsOf(question));
	return body();
}

/** As Tally signs it (Tally help, webhooks). */
export function signed(body: Buffer, secret: string): Record<string, string> {
	return { 'tally-signature': createHmac('sha256', secret).update(body).digest('base64') };
}
