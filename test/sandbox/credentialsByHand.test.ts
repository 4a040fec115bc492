import { byHand } from '../../sandbox/credentialsByHand';
import { sandboxCredentials } from '../../sandbox/example';

it('tells what to enter for the credentials of the sandbox, under the labels of the editor', () => {
	const tally = { url: 'http://127.0.0.1:5691', apiKey: 'tly-sandbox' };
	const cleverTap = { url: 'http://127.0.0.1:5692', accountId: 'TEST-1', passcode: 'open sesame' };
	expect(byHand(Object.values(sandboxCredentials(tally, cleverTap)))).toEqual([
		{
			credential: 'Tally API',
			fields: [
				['API Key', 'tly-sandbox'],
				['Use a Gateway', 'on'],
				['Base URL', 'http://127.0.0.1:5691'],
			],
		},
		{
			credential: 'CleverTap API',
			fields: [
				['Account ID', 'TEST-1'],
				['Passcode', 'open sesame'],
				['Region', 'Custom Host'],
				['Custom Host', 'http://127.0.0.1:5692'],
			],
		},
	]);
});
