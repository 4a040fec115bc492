import { explainRefusal, nothingOf, wordsOf } from '../../../../nodes/Tally/transport/refusals';

it.each([
	[400, 'Tally did not accept the request'],
	[401, 'Tally does not accept the API key'],
	[403, 'The owner of the API key may not do this in Tally'],
	[404, 'Tally does not have what was asked for'],
	[429, 'Tally allows 100 requests a minute and has had more'],
	[500, 'Tally is not working at the moment (status 500)'],
	[503, 'Tally is not working at the moment (status 503)'],
	[302, 'The answer did not come from Tally'],
	[418, 'The answer did not come from Tally'],
])('%d is put into words with something to do', (status, message) => {
	const explanation = explainRefusal({ status, body: undefined });
	expect(explanation.message).toBe(message);
	expect(explanation.description).toMatch(/\.$/);
});

const asItIs = (text: string) => text;
const explained = (status: number, body: unknown) => explainRefusal({ status, body, words: wordsOf(body, asItIs) });

it.each([
	['a text', 'Unauthorized', 'Unauthorized'],
	['a message', { message: 'Form is closed', errorType: 'X' }, 'Form is closed'],
	['a list of errors', { errors: [{ errorType: 'V', msg: 'url is not valid' }] }, 'url is not valid'],
	['a bare error', { error: 'invalid_client' }, 'invalid_client'],
	['a long line', 'x'.repeat(200), 'x'.repeat(200)],
])('quotes what Tally says: %s', (_what, body, words) => {
	expect(explained(400, body).description).toContain(`Tally says: "${words}".`);
});

describe.each<[string, (code: number, message: string) => unknown]>([
	['inside error', (code, message) => ({ error: { message, code } })],
	['beside message', (code, message) => ({ message, type: 'Some Type', code })],
])("a gateway's refusal, its code %s", (_where, body) => {
	it.each([
		[400, 'The gateway has no such connection to Tally'],
		[404, 'The gateway has no such connection to Tally'],
		[401, 'The gateway does not accept the API key'],
		[403, 'The gateway does not accept the API key'],
		[429, 'The gateway has had too many requests'],
		[500, 'The gateway could not ask Tally (status 500)'],
	])("%i is told apart from Tally's, and quoted", (status, message) => {
		const explanation = explained(status, body(status, 'Its own words'));
		expect(explanation.message).toBe(message);
		expect(explanation.description).toContain('The gateway says: "Its own words".');
	});
});

it.each([
	[404, 'Open the Tally credential and check its Gateway Connection ID and the path in its Base URL.'],
	[401, "Open the Tally credential and check its API Key: behind a gateway it is the gateway's, not Tally's."],
	[429, 'Wait a minute and try again.'],
])("a gateway's refusal without words says what to do: %i", (status, description) => {
	expect(explainRefusal({ status, body: { code: status } }).description).toBe(description);
});

it.each([
	['a page', '<html><body>502</body></html>'],
	['an essay', 'x'.repeat(201)],
	['several lines', 'a\nb'],
	['JSON in a text', 'Invalid body: {"formId":"GxdRaQ"}'],
	['nothing', ''],
	['spaces', '  '],
	['a list', []],
	['a number', 7],
	['an empty object', {}],
])('does not quote %s', (_what, body) => {
	expect(explained(500, body).description).not.toContain('Tally says');
});

it('says why no answer came', () => {
	const noAnswer = { message: 'No', description: 'Try.', certainlyNotSent: true, isLasting: false };
	expect(explainRefusal({ status: 0, body: undefined, noAnswer })).toEqual({ message: 'No', description: 'Try.' });
});

it.each(['/users/me', '/workspaces', '/webhooks', '/forms'])('names the base URL where %s is not there', (path) => {
	expect(explainRefusal({ status: 404, body: '' }, path)).toEqual({
		message: 'Tally’s API was not found at the base URL',
		description: expect.stringContaining('Check the base URL in the Tally credential') as string,
	});
});

it('shows words only as they are cleaned', () => {
	expect(wordsOf({ message: 'ada@example.com is there' }, () => '…')).toBe('…');
	expect(explainRefusal({ status: 400, body: { message: 'ada@example.com is there' } }).description).not.toContain(
		'ada',
	);
});

it.each([
	[{ Form: 'GxdRaZ' }, 'no form GxdRaZ'],
	[{ Question: 'EKOE2N' }, 'no question EKOE2N'],
	[{ Submission: 'Z9Z97Go' }, 'no submission Z9Z97Go'],
	[{ 'Organization ID': 'atL65s' }, 'no organization atL65s'],
	[{ 'Workspace IDs': 'kb3o5R' }, 'no workspace kb3o5R'],
	[{ 'Workspace IDs': 'kb3o5R, wLd0aB' }, 'no workspaces kb3o5R, wLd0aB'],
	[{ Workspace: 'kb3o5R', 'Parent Folder': '3xQ9dL' }, 'no workspace kb3o5R, or no parent folder 3xQ9dL'],
	[{ Workspace: 'kb3o5R', 'Parent Folder': undefined }, 'no workspace kb3o5R'],
	// What people answer, mapped to the wrong field.
	[{ Form: 'Ada' }, 'no form of this ID'],
	[{ Form: 'Example' }, 'no form of this ID'],
	[{ Form: 'ada1990' }, 'no form of this ID'],
	[{ Form: 'EXAMPLE' }, 'no form of this ID'],
	[{ Form: '4155550' }, 'no form of this ID'],
	[{ 'Workspace IDs': 'kb3o5R, Ada' }, 'no workspaces of these IDs'],
])('%j is told as what Tally does not have: %s', (chosen, told) => {
	expect(nothingOf(chosen)).toBe(told);
});
