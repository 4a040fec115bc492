import { itemFrom } from '../nodes/Tally/deliveries';
import { recordedDeliveries } from './recorded';

const url =
	'https://storage.googleapis.com/tally-response-assets/aBcDeF/00000000-0000-4000-8000-000000000000/image.png';
const image = [{ name: 'image.png', url, mimeType: 'image/png', size: 1024 }];

/** What the trigger makes of each, in the order in which they are recorded. */
const items = [
	{
		submissionId: 'd9c4d2fc-0000-4000-8000-afa4afa2503b',
		formName: 'Test survey',
		answers: { 'Member?': 'Yes', 'How many?': 4 },
		hidden: { memberId: '1' },
	},
	{ submissionId: 'Z9Z97Go', answers: { 'Member?': 'Yes', 'Why?': 'Fresh', Photo: image } },
	{ answers: { 'Member?': 'No' } },
	{ answers: { Site: 'example.com' } },
	{
		answers: {
			'¿Cuál es tu nombre?': 'Prueba 3',
			'¿Boletín?': 'Yes',
			'Plan (móvil / fijo)': ['Yes'],
			question_nGlVEk: image,
			question_w2NXqM: image,
		},
	},
	{ answers: { Name: 'Ann Example', Term: 'Yes' }, hidden: { tool_id: '154' } },
	{ answers: { Prénom: 'Anaïs', "2.Utilisez-vous déjà l'outil ?": 'Oui, à titre personnel & au bureau' } },
];

it.each(Object.entries(recordedDeliveries).map(([name, body], index) => [name, body, items[index]] as const))(
	'%s',
	(_name, body, item) => {
		expect(item).toBeDefined();
		const made = itemFrom(body);
		expect(made).toMatchObject({ isCompleted: true, ...item });
		expect(Object.keys(made.answers as object)).toEqual(Object.keys(item?.answers ?? {}));
		// Links open the whole submission: only who asks for them gets them.
		expect(JSON.stringify(made)).not.toContain('accessToken');
	},
);
