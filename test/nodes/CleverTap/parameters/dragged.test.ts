import fc from 'fast-check';

import { draggedName } from '../../../../nodes/CleverTap/parameters/dragged';

it.each([
	['answers.Phone', '={{ $json.answers.Phone }}', 'Phone'],
	["answers['Your email']", "={{ $json.answers['Your email'] }}", 'Your email'],
	["answers['What\\'s your name?']", "={{ $json.answers['What\\'s your name?'] }}", "What's your name?"],
	['answers["Say \\"hi\\""]', '={{ $json.answers["Say \\"hi\\""] }}', 'Say "hi"'],
	['answers.Topics[0]', '={{ $json.answers.Topics[0] }}', 'Topics'],
	["answers['How was it?'].Speed", "={{ $json.answers['How was it?'].Speed }}", 'Speed'],
	['hidden.utm_source', "={{ $('Tally Trigger').item.json.hidden.utm_source }}", 'utm_source'],
	['formName', '={{ $json.formName }}', 'formName'],
	['a', '={{$json.a}}', 'a'],
	["['Your email']", "={{ $json['Your email'] }}", 'Your email'],
	['answers.Topics[10]', '={{ $json.answers.Topics[10] }}', 'Topics'],
])('a field that was dragged in as %s from %s is %s', (name, value, meant) => {
	expect(draggedName(name, value)).toBe(meant);
});

it.each([
	['Phone', '={{ $json.answers.Phone }}'],
	['answers.Phone', '+14155550123'],
	['answers.Phone', '={{ $json.answers.Phone.trim() }}'],
	['answers.Phone', 5],
	['answers[which]', '={{ $json.answers[which] }}'],
	[undefined, 'words'],
	[undefined, '={{ $json.answers.Phone }}'],
	['answers[0]', '={{ $json.answers.Phone }}'],
	['answers.Phone', 'x={{ $json.answers.Phone }}'],
	['answers.Phone', '={{ $json.answers.Phone }} '],
])('the name %p of %p is left as it was written', (name, value) => {
	expect(draggedName(name, value)).toBeUndefined();
});

it('gives back the text of any question', () => {
	fc.assert(
		fc.property(
			fc.string({ minLength: 1 }).filter((text) => !/[\n\r\u2028\u2029]/.test(text)),
			(question) => {
				const way = `answers['${question.replace(/[\\']/g, '\\$&')}']`;
				expect(draggedName(way, `={{ $json.${way} }}`)).toBe(question);
			},
		),
	);
});
