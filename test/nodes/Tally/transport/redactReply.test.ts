import { redactReply } from '../../../../nodes/Tally/transport/redactReply';

const sent = [
	{ page: 1 },
	{
		emails: 'ada@example.com',
		blocks: [{ payload: { title: '** Your name, please??' } }],
		status: 'Published',
		names: ['Acme 24', 'Acme 24 Berlin'],
		code: '1234',
		floor: '12',
		folder: null,
	},
];
const secrets = ['tly-key', undefined, null, [{ name: 'X-Key', value: 'opens' }, { value: 'on' }]];

it.each<[string, unknown, unknown]>([
	['the key', 'Unknown key: Bearer tly-key.', 'Unknown key: Bearer ….'],
	['what was sent', { message: '"** Your name, please??" is too short' }, { message: '"** …??" is too short' }],
	['what stands further on', 'Unknown ada@example.com', 'Unknown …'],
	['the longest of what was sent', 'Acme 24 Berlin is taken', '… is taken'],
	['four digits', 'Unknown code 1234', 'Unknown code …'],
	['all in a list', { errors: [{ msg: 'ada@example.com is there' }] }, { errors: [{ msg: '… is there' }] }],
	['the value of a header, a plain word though it is', 'X-Key: opens', '…: …'],
	['an essay', { error: 'x '.repeat(600) }, { error: '' }],
])('takes out %s', (_what, said, left) => {
	expect(redactReply(said, secrets, sent)).toEqual(left);
});

it.each<[string, unknown]>([
	['words of Tally’s own', { message: 'A Published form needs a title', errorType: 'VALIDATION' }],
	['a longer word that holds it', 'tly-keyring'],
	['what is too short to tell anything', 'Turn it on: at most 12 at once'],
	['a long sentence', 'x'.repeat(1000)],
	['what is no text', { code: 404, error: { code: 404, message: null } }],
	['nothing', undefined],
])('leaves %s', (_what, said) => {
	expect(redactReply(said, secrets, sent)).toEqual(said);
});
