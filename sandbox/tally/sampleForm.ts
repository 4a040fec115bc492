import { randomUUID } from 'node:crypto';
import type { SampleAnswers } from './answers';
import type { Choice, Form, Question } from './form';
import { questionId } from './ids';

type Draft = { [Q in Question as Q['type']]: Omit<Q, 'id' | 'groupUuid'> }[Question['type']];

const choices = (...texts: string[]): Choice[] => texts.map((text) => ({ id: randomUUID(), text }));

/** A form of the given questions; ids are drawn anew each time, as in a form just made. */
export function buildForm(id: string, name: string, drafts: Draft[]): Form {
	const now = new Date().toISOString();
	const questions = drafts.map((draft) => ({
		...draft,
		id: questionId(),
		groupUuid: randomUUID(),
	}));
	return { id, name, status: 'PUBLISHED', questions, createdAt: now, updatedAt: now };
}

/**
 * "Feedback": a form with one question of every documented type, in an order a person would find
 * natural.
 */
export function sampleForm(id: string): Form {
	const heardFrom = choices('A friend', 'Search', 'Newsletter', 'Other');
	return buildForm(id, 'Feedback', [
		{
			type: 'HIDDEN_FIELDS',
			title: '',
			fields: [
				{ uuid: randomUUID(), name: 'utm_source' },
				{ uuid: randomUUID(), name: 'utm_campaign' },
			],
		},
		{ type: 'INPUT_TEXT', title: "What's your name?", isRequired: true },
		{ type: 'INPUT_EMAIL', title: 'Your email', isRequired: true },
		{ type: 'INPUT_PHONE_NUMBER', title: 'Phone' },
		{ type: 'RATING', title: 'Rate us', from: 1, to: 5 },
		{
			type: 'LINEAR_SCALE',
			title: 'How likely are you to recommend us?',
			from: 0,
			to: 10,
		},
		{
			type: 'CHECKBOXES',
			title: 'Topics',
			options: choices('Price', 'Fit, and finish', 'Service'),
		},
		{
			type: 'MULTIPLE_CHOICE',
			title: 'How did you hear about us?',
			options: heardFrom,
			otherId: heardFrom[3]?.id,
		},
		{
			type: 'DROPDOWN',
			title: 'Which plan are you on?',
			options: choices('Free', 'Team', 'Business'),
		},
		{
			type: 'MULTI_SELECT',
			title: 'Which channels do you use?',
			options: choices('Email', 'Push', 'SMS', 'WhatsApp'),
		},
		{
			type: 'RANKING',
			title: 'What matters most?',
			options: choices('Speed', 'Support', 'Design'),
		},
		{
			type: 'MATRIX',
			title: 'How was it?',
			rows: choices('Quality', 'Speed', 'Packaging'),
			columns: choices('Poor', 'Fair', 'Great'),
		},
		{ type: 'INPUT_NUMBER', title: 'How many people are in your team?' },
		{ type: 'INPUT_LINK', title: 'Your website' },
		{ type: 'INPUT_DATE', title: 'Since when have you been with us?' },
		{ type: 'INPUT_TIME', title: 'When may we call you?' },
		{ type: 'TEXTAREA', title: 'Anything else?' },
		{ type: 'FILE_UPLOAD', title: 'Show us a picture' },
		{ type: 'PAYMENT', title: 'Buy us a coffee', amount: 4, currency: 'EUR' },
		{
			type: 'CALCULATED_FIELDS',
			title: '',
			fields: [
				{
					uuid: randomUUID(),
					name: 'score',
					kind: 'NUMBER',
					from: (number) => number('Rate us') * 2 + number('How likely are you to recommend us?'),
				},
				{
					uuid: randomUUID(),
					name: 'mood',
					kind: 'TEXT',
					from: (number) => (number('Rate us') >= 4 ? 'happy' : 'unhappy'),
				},
			],
		},
		{ type: 'SIGNATURE', title: 'Sign here' },
	]);
}

/**
 * "Consents": two questions have no text of their own, one choice lets a person write an answer
 * beside several picks, and texts of more than one word are in more than one run.
 */
export function consentsForm(id: string): Form {
	const allergies = choices('Nuts', 'Milk', 'Other');
	return buildForm(id, 'Consents', [
		{ type: 'CHECKBOXES', title: '', options: choices('I agree to the terms') },
		{ type: 'CHECKBOXES', title: '', options: choices('Send me news') },
		{ type: 'CHECKBOXES', title: 'Allergies', options: allergies, otherId: allergies[2]?.id },
		{
			type: 'MATRIX',
			title: 'Rate us',
			rows: choices('Speed', 'Price of delivery'),
			columns: choices('Poor', 'Very good'),
		},
	]);
}

/** One full set of answers to the form "Consents"; questions without a text go by their ids. */
export function consentsAnswers({ questions }: Form): SampleAnswers {
	const [terms, news] = questions.map((question) => question.id);
	return {
		...(terms === undefined ? {} : { [terms]: ['I agree to the terms'] }),
		...(news === undefined ? {} : { [news]: ['Send me news'] }),
		Allergies: ['Nuts', 'Shellfish'],
		'Rate us': { Speed: 'Very good', 'Price of delivery': 'Poor' },
	};
}

/** One full set of answers to the sample form. The person is made up. */
export const sampleAnswers: SampleAnswers = {
	utm_source: 'newsletter',
	utm_campaign: 'spring',
	"What's your name?": 'Ada Example',
	'Your email': 'ada@example.com',
	Phone: '+14155550123',
	'Rate us': 5,
	'How likely are you to recommend us?': 9,
	Topics: ['Price', 'Fit, and finish'],
	'How did you hear about us?': 'A friend',
	'Which plan are you on?': 'Team',
	'Which channels do you use?': ['SMS', 'Email'],
	'What matters most?': ['Support', 'Speed', 'Design'],
	'How was it?': { Quality: 'Great', Speed: 'Fair' },
	'How many people are in your team?': 12,
	'Your website': 'example.com',
	'Since when have you been with us?': '2024-02-29',
	'When may we call you?': '14:30',
	'Anything else?': 'Keep going.\nSee you soon.',
	'Show us a picture': [{ name: 'desk.txt', mimeType: 'text/plain', content: Buffer.from('A picture of a desk') }],
	'Buy us a coffee': { name: 'Ada Example', email: 'ada@example.com' },
	'Sign here': [
		{
			name: 'signature.png',
			mimeType: 'image/png',
			content: Buffer.from(
				'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
				'base64',
			),
		},
	],
};
