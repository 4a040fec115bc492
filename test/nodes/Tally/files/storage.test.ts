import { isTallyStorage } from '../../../../nodes/Tally/files/storage';

const TALLY = 'https://api.tally.so';

it.each([
	'https://storage.tally.so/private/a%20b.pdf?id=x&accessToken=y&signature=z',
	'https://storage.googleapis.com/tally-response-assets/aBcDeF/1/cv.txt',
])('%s is where Tally keeps files', (link) => {
	expect(isTallyStorage(link, TALLY)).toBe(true);
	expect(isTallyStorage(link, 'http://127.0.0.1:4321')).toBe(true);
	expect(isTallyStorage(link, '')).toBe(true);
});

it.each([
	'http://storage.tally.so/private/a',
	'https://storage.tally.so:8443/private/a',
	'https://storage.tally.so.example.com/private/a',
	'https://storage.tally.so@example.com/private/a',
	'https://example.com/?https://storage.tally.so/',
	'https://storage.googleapis.com/other-bucket/a',
	'https://storage.googleapis.com/tally-response-assets/../other-bucket/a',
	'https://storage.googleapis.com/tally-response-assets/%2e%2e/other-bucket/a',
	'https://storage.googleapis.com/tally-response-assets-evil/a',
	'http://169.254.169.254/latest/meta-data/',
	'http://localhost:5678/rest/settings',
	'http://127.0.0.1:4321/private/a',
	'file:///etc/passwd',
	'data:text/plain,x',
	'//storage.tally.so/private/a',
	'private/a',
	'',
])('%s is not', (link) => {
	expect(isTallyStorage(link, TALLY)).toBe(false);
	expect(isTallyStorage(link, '')).toBe(false);
});

it('is at a local Tally, if the credential says that Tally is there, and nowhere else on it', () => {
	const local = 'http://127.0.0.1:4321/';
	expect(isTallyStorage('http://127.0.0.1:4321/private/a?id=1', local)).toBe(true);
	expect(isTallyStorage('http://127.0.0.1:4321/forms', local)).toBe(false);
	expect(isTallyStorage('http://127.0.0.1:5678/private/a', local)).toBe(false);
	expect(isTallyStorage('https://gateway.example.com/private/a', 'https://gateway.example.com')).toBe(false);
});
