import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findChromium } from './chromium';

describe('the browser that is taken', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'chromium-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('is the one that CHROMIUM names', () => {
		const file = join(folder, 'my-browser');
		writeFileSync(file, '');
		expect(findChromium({ CHROMIUM: file, PATH: '' })).toBe(file);
	});

	it('is one in PATH otherwise', () => {
		const file = join(folder, 'google-chrome');
		writeFileSync(file, '');
		expect(findChromium({ PATH: ['/nowhere', folder].join(delimiter) })).toBe(file);
	});

	it('is asked for where there is none', () => {
		expect(() => findChromium({ PATH: folder })).toThrow(/Install.*chromium.*CHROMIUM/);
		expect(() => findChromium({ CHROMIUM: join(folder, 'gone'), PATH: '' })).toThrow('CHROMIUM is set to');
	});
});
