import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const root = join(__dirname, '..', '..');

/** Pictures of a path: of each station one in light and one in dark, numbered in their order. */
export class Album {
	private readonly folder: string;
	private count = 0;

	constructor(path: string) {
		this.folder = join(root, '.cache', 'browser', path);
		rmSync(this.folder, { recursive: true, force: true });
		for (const scheme of ['light', 'dark']) mkdirSync(join(this.folder, scheme), { recursive: true });
	}

	async keep(page: Page, name: string): Promise<void> {
		this.count++;
		const file = `${String(this.count).padStart(2, '0')}-${name}.png`;
		for (const scheme of ['dark', 'light'] as const) {
			await show(page, scheme);
			await page.screenshot({ path: join(this.folder, scheme, file), animations: 'disabled' });
		}
	}

	/** A picture for the documentation; made only when PICTURES is set, so that a test run changes no file of the project. */
	async publish(page: Page, name: string): Promise<void> {
		if (!process.env.PICTURES) return;
		await page.screenshot({ path: join(root, 'docs', `${name}.png`), animations: 'disabled' });
	}
}

/** n8n and the local services follow the browser's scheme; the icons do a frame later. */
async function show(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
	await page.emulateMedia({ colorScheme });
	await page.evaluate(
		async () => await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
	);
}
