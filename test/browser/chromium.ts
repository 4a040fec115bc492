import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The browser of this machine: the one that CHROMIUM names, else Chromium or Chrome where programs are.
 *
 * @throws Error that says what to install
 */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string {
	if (env.CHROMIUM) {
		if (existsSync(env.CHROMIUM)) return env.CHROMIUM;
		throw new Error(`CHROMIUM is set to ${env.CHROMIUM}, and nothing is there.`);
	}
	const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
	if (found !== undefined) return found;
	throw new Error(
		'The browser tests need Chromium or Google Chrome, and neither is in PATH. Install Debian\'s package "chromium", or set CHROMIUM to the program\'s path.',
	);
}

export async function openChromium(): Promise<Browser> {
	return await chromium.launch({
		executablePath: findChromium(),
		args: [
			// In a container, as CI runs this, Chromium has no sandbox; it only opens pages of this machine.
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}
