import { toAnswers } from '../../../sandbox/tally/answers';
import type { FileRef, SampleAnswers, SampleFile } from '../../../sandbox/tally/answers';
import { webhookFields } from '../../../sandbox/tally/fields';
import { sampleAnswers, sampleForm } from '../../../sandbox/tally/sampleForm';
import { anyNumber, anyText } from '../matching';

const form = sampleForm('form1');

const keep = ({ name, mimeType, content }: SampleFile): FileRef => ({
	id: 'file1',
	name,
	mimeType,
	url: 'https://files.example.com/1',
	size: content.length,
});

const fieldsFor = (given: SampleAnswers) => webhookFields(form, toAnswers(form, given, keep));

/** A field as a reader sees it: ids replaced by the texts that stand beside it. */
function valueOf(label: string, given: SampleAnswers): unknown {
	const field = fieldsFor(given).find((found) => found.label === label);
	if (!field) throw new Error(`No field ${label}`);
	const texts = new Map(
		[...(field.options ?? []), ...(field.rows ?? []), ...(field.columns ?? [])].map(({ id, text }) => [id, text]),
	);
	return JSON.parse(JSON.stringify(field.value), (_key, value: unknown) => {
		if (typeof value === 'string') return texts.get(value) ?? value;
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [texts.get(key) ?? key, entry]));
	});
}

describe('webhook fields', () => {
	it.each([
		['text', "What's your name?", 'Ada Example'],
		['email', 'Your email', 'ada@example.com'],
		['phone', 'Phone', '+14155550123'],
		['rating', 'Rate us', 5],
		['number', 'How many people are in your team?', 12],
		['checkboxes', 'Topics', ['Price', 'Fit, and finish']],
		['a ticked option', 'Topics (Price)', true],
		['an option left empty', 'Topics (Service)', false],
		['one choice', 'How did you hear about us?', ['A friend']],
		['dropdown', 'Which plan are you on?', ['Team']],
		['multi-select, in the order picked', 'Which channels do you use?', ['SMS', 'Email']],
		['ranking, best first', 'What matters most?', ['Support', 'Speed', 'Design']],
		['matrix', 'How was it?', { Quality: ['Great'], Speed: ['Fair'] }],
		['hidden field', 'utm_source', 'newsletter'],
		['calculated number', 'score', 19],
		['calculated text', 'mood', 'happy'],
		['payment, price', 'Buy us a coffee (price)', 4],
		['payment, currency', 'Buy us a coffee (currency)', 'EUR'],
		['payment, name', 'Buy us a coffee (name)', 'Ada Example'],
		['payment, email', 'Buy us a coffee (email)', 'ada@example.com'],
		['date', 'Since when have you been with us?', '2024-02-29'],
		['time', 'When may we call you?', '14:30'],
	])('%s', (_name, label, value) => {
		expect(valueOf(label, sampleAnswers)).toEqual(value);
	});

	it('carry files and signatures as lists of references', () => {
		for (const [label, name] of [
			['Show us a picture', 'desk.txt'],
			['Sign here', 'signature.png'],
		] as const) {
			expect(valueOf(label, sampleAnswers)).toEqual([
				{ id: 'file1', name, url: anyText, mimeType: anyText, size: anyNumber },
			]);
		}
	});

	it('keep what a person wrote beside Other as it is', () => {
		expect(valueOf('How did you hear about us?', { 'How did you hear about us?': 'On the radio' })).toEqual([
			'On the radio',
		]);
	});

	it('hold every question, the unanswered ones as null, per-option booleans too', () => {
		const all = fieldsFor(sampleAnswers);
		const none = fieldsFor({});
		expect(none.map(({ key }) => key)).toEqual(all.map(({ key }) => key));
		const answered = none.filter(({ value }) => value !== null);
		expect(answered.map(({ type }) => type)).toEqual(['CALCULATED_FIELDS', 'CALCULATED_FIELDS']);
	});

	it('hold one field of every documented type, hidden and calculated ones where their block stands', () => {
		const types = [...new Set(fieldsFor({}).map(({ type }) => type))];
		expect(types[0]).toBe('HIDDEN_FIELDS');
		expect(types.slice(-2)).toEqual(['CALCULATED_FIELDS', 'SIGNATURE']);
		expect(types.sort()).toEqual([
			'CALCULATED_FIELDS',
			'CHECKBOXES',
			'DROPDOWN',
			'FILE_UPLOAD',
			'HIDDEN_FIELDS',
			'INPUT_DATE',
			'INPUT_EMAIL',
			'INPUT_LINK',
			'INPUT_NUMBER',
			'INPUT_PHONE_NUMBER',
			'INPUT_TEXT',
			'INPUT_TIME',
			'LINEAR_SCALE',
			'MATRIX',
			'MULTIPLE_CHOICE',
			'MULTI_SELECT',
			'PAYMENT',
			'RANKING',
			'RATING',
			'SIGNATURE',
			'TEXTAREA',
		]);
	});

	it('have keys made of the question, and of the part where there is one', () => {
		for (const { key, type } of fieldsFor({})) {
			expect(key).toMatch(/^question_[A-Za-z0-9]{6}(_|$)/);
			if (type === 'PAYMENT') expect(key).toMatch(/_(price|currency|name|email|link)$/);
		}
	});

	it.each([
		[{ 'No such question': 'x' }],
		[{ Topics: ['No such option'] }],
		[{ 'How was it?': { 'No such row': 'Great' } }],
		[{ 'Rate us': 'many' }],
	])('are not made from answers that do not fit the form: %j', (given) => {
		expect(() => fieldsFor(given as SampleAnswers)).toThrow();
	});
});
