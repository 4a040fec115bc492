import { withoutEcho } from '../../../../nodes/Tally/transport/echo';

const sent = [
	{ page: 1 },
	{ emails: 'ada@example.com', blocks: [{ payload: { title: 'Your name, please?' } }], status: 'Published' },
];
const secrets = ['tly-key', undefined, [{ name: 'X-Key', value: 'opens' }]];

it.each<[string, unknown, unknown]>([
	['the key', 'Unknown key: Bearer tly-key.', 'Unknown key: Bearer ….'],
	['what was sent', { message: '"Your name, please?" is too short' }, { message: '"…?" is too short' }],
	['all in a list', { errors: [{ msg: 'ada@example.com is there' }] }, { errors: [{ msg: '… is there' }] }],
	['the value of a header, a plain word though it is', 'X-Key: opens', '…: …'],
	['an essay', { error: 'x '.repeat(600) }, { error: '' }],
])('takes out %s', (_what, said, left) => {
	expect(withoutEcho(said, secrets, sent)).toEqual(left);
});

it.each<[string, unknown]>([
	['words of Tally’s own', { message: 'A Published form needs a title', errorType: 'VALIDATION' }],
	['a longer word that holds it', 'tly-keyring'],
	['what is no text', { code: 404, error: { code: 404, message: null } }],
	['nothing', undefined],
])('leaves %s', (_what, said) => {
	expect(withoutEcho(said, secrets, sent)).toEqual(said);
});
