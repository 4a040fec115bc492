import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { claim } from '../../sandbox/claim';

let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'claim-'));
	file = join(folder, 'running');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lets one in, and the next once that one has given up', async () => {
	const giveUp = await claim(folder);
	await expect(claim(folder)).rejects.toThrow(`(process ${process.pid})`);
	giveUp();
	(await claim(folder))();
});

it('makes the folder where there is none', async () => {
	(await claim(join(folder, 'deep', 'er')))();
});

it.each(['', String(process.pid), '99999 word', 'nonsense of some kind', '1 word'])(
	'is not kept out by what a killed process left: %j',
	async (left) => {
		writeFileSync(file, left);
		(await claim(folder))();
	},
);

it('is not kept out by somebody else at the port that a killed process had', async () => {
	const stranger = createServer((socket) => socket.end('220 mail.example.com'));
	await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
	writeFileSync(file, `${(stranger.address() as AddressInfo).port} word`);
	const giveUp = await claim(folder);
	expect(readFileSync(file, 'utf8')).not.toContain(' word');
	giveUp();
	await new Promise((resolve) => stranger.close(resolve));
});
