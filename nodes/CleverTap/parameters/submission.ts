import { isPlainObject } from '../properties/flatten';
import { shownName } from '../result/shownName';

/** The groups of fields that a submission of a form holds, and what one of each is called. */
const PARTS = { answers: 'question', hidden: 'hidden field', calculated: 'calculated field' } as const;
type Part = keyof typeof PARTS;
type Fields = Readonly<Record<string, unknown>>;
type Submission = Fields & { readonly answers: Fields };

/** Whether an item is a submission of a Tally form, which has its answers by question. */
export function isSubmission(json: Fields): json is Submission {
	return typeof json.submissionId === 'string' && isPlainObject(json.answers);
}

/** All answers of a submission, its hidden and its calculated fields. */
export function fieldsOf(submission: Submission): Array<[name: string, value: unknown]> {
	return Object.keys(PARTS).flatMap((part) => Object.entries(partOf(submission, part as Part)));
}

/**
 * Tells why a way into a submission leads to nothing, as the end of a sentence: a question that was not answered is
 * left out of an item, or `null`; one that is not there, such as after its text was changed, is never in one.
 *
 *     ['answers', 'Rate us'] → the question "Rate us" was not answered
 *                            → there is no question "Rate us"
 *                            → the question "Rate us" was not answered, or is not there any more
 */
export class MissingAnswers {
	private readonly forms = new Map<unknown, FormFields>();

	constructor(private readonly items: ReadonlyArray<{ readonly json: Fields }>) {}

	/** Nothing where the item tells nothing of it. */
	why(item: number, [part = '', name]: readonly string[]): string | undefined {
		const json = this.items[item]?.json ?? {};
		if (!isPart(part) || name === undefined || !isSubmission(json)) return undefined;
		const value = ownValue(partOf(json, part), name);
		// Of an answer that is there only a part is missing.
		if (value !== undefined && value !== null && value !== '') return undefined;
		const field = `${PARTS[part]} ${quoted(name)}`;
		const empty = part === 'answers' ? 'was not answered' : 'came without a value';
		const form = this.formOf(json);
		if (form.names.has(`${part} ${name}`)) return `the ${field} ${empty}`;
		return form.showsUnanswered ? `there is no ${field}` : `the ${field} ${empty}, or is not there any more`;
	}

	/** What the submissions of this run tell of the form of one of them. */
	private formOf({ formId }: Submission): FormFields {
		const known = this.forms.get(formId);
		if (known !== undefined) return known;
		const names = new Set<string>();
		let showsUnanswered = false;
		for (const { json } of this.items) {
			if (!isSubmission(json) || json.formId !== formId) continue;
			for (const part of Object.keys(PARTS)) {
				for (const [name, value] of Object.entries(partOf(json, part as Part))) {
					names.add(`${part} ${name}`);
					showsUnanswered ||= value === null;
				}
			}
		}
		const form = { names, showsUnanswered };
		this.forms.set(formId, form);
		return form;
	}
}

interface FormFields {
	/** Each after the name of its part. */
	readonly names: ReadonlySet<string>;
	/** Whether items have what was not answered, as `null`. */
	readonly showsUnanswered: boolean;
}

function isPart(name: string): name is Part {
	return Object.hasOwn(PARTS, name);
}

function partOf(submission: Submission, part: Part): Fields {
	const fields = submission[part];
	return isPlainObject(fields) ? fields : {};
}

function ownValue(fields: Fields, name: string): unknown {
	return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function quoted(name: string): string {
	return `"${shownName(name)}"`;
}
