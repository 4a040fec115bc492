import type { SampleAnswer, SampleAnswers, SampleFile } from '../answers';
import type { ChoiceQuestion, Form, Question } from '../form';

/**
 * Reads what a browser sends for a form's page into answers by question id.
 *
 * @param body a multipart body
 * @param contentType its header, boundary included
 */
export async function filledIn(form: Form, body: Buffer, contentType: string): Promise<SampleAnswers> {
	const sent = await new Response(new Uint8Array(body), {
		headers: { 'Content-Type': contentType },
	}).formData();
	const answers: Array<[string, SampleAnswer]> = [];
	for (const question of form.questions) {
		if (question.type === 'CALCULATED_FIELDS') continue;
		if (question.type === 'HIDDEN_FIELDS') {
			for (const { name } of question.fields) answers.push([name, textOf(sent, `hidden.${name}`)]);
			continue;
		}
		answers.push([question.id, await answerOf(question, sent)]);
	}
	return Object.fromEntries(answers);
}

async function answerOf(
	question: Exclude<Question, { type: 'HIDDEN_FIELDS' | 'CALCULATED_FIELDS' }>,
	sent: FormData,
): Promise<SampleAnswer> {
	const { id } = question;
	switch (question.type) {
		case 'MULTIPLE_CHOICE':
		case 'DROPDOWN':
		case 'CHECKBOXES':
			return picks(question, textsOf(sent, id), textOf(sent, `${id}.other`));
		case 'MULTI_SELECT':
			return inOrder(textsOf(sent, id), textOf(sent, `${id}.order`));
		case 'RANKING': {
			const ranked = inOrder(textsOf(sent, id), textOf(sent, `${id}.order`));
			if (ranked.length === 0) return null;
			// What a person leaves unranked follows in the form's order.
			const rest = question.options.map(({ text }) => text).filter((text) => !ranked.includes(text));
			return [...ranked, ...rest];
		}
		case 'MATRIX': {
			const rows = question.rows.map((row) => [row.text, textsOf(sent, `${id}.${row.id}`)] as const);
			return Object.fromEntries(rows);
		}
		case 'FILE_UPLOAD':
			return await filesOf(sent, id);
		case 'SIGNATURE':
			return signatureOf(textOf(sent, id));
		case 'PAYMENT':
			if (textOf(sent, id) === null) return null;
			return {
				name: textOf(sent, `${id}.name`) ?? '',
				email: textOf(sent, `${id}.email`) ?? '',
			};
		default:
			return textOf(sent, id);
	}
}

/** What was typed, with the line ends of a text area as people mean them; null if nothing was. */
function textOf(sent: FormData, name: string): string | null {
	const value = sent.get(name);
	return typeof value === 'string' && value !== '' ? value.replace(/\r\n/g, '\n') : null;
}

function textsOf(sent: FormData, name: string): string[] {
	return sent.getAll(name).filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** The options picked; "Other" gives way to what was written beside it. */
function picks(question: ChoiceQuestion, texts: string[], written: string | null): string[] {
	const other = question.options.find(({ id }) => id === question.otherId)?.text;
	return texts.map((text) => (text === other && written !== null ? written : text));
}

/**
 * The order in which a person picked, as the page's script keeps it; without a script the order of
 * the form.
 */
function inOrder(texts: string[], order: string | null): string[] {
	const picked = (order ?? '').split('\n').filter((text) => texts.includes(text));
	return [...picked, ...texts.filter((text) => !picked.includes(text))];
}

async function filesOf(sent: FormData, name: string): Promise<SampleFile[]> {
	const files = sent.getAll(name).filter((value) => typeof value !== 'string');
	return await Promise.all(
		files
			.filter((file) => file.size > 0)
			.map(async (file) => ({
				name: file.name,
				mimeType: file.type,
				content: Buffer.from(await file.arrayBuffer()),
			})),
	);
}

/** A drawing comes as a data URL of a PNG. */
function signatureOf(dataUrl: string | null): SampleFile[] | null {
	const base64 = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(dataUrl ?? '')?.[1];
	if (base64 === undefined) return null;
	return [{ name: 'signature.png', mimeType: 'image/png', content: Buffer.from(base64, 'base64') }];
}
