import { type BrowserContext, type Page, selectors } from 'playwright-core';
import { Album } from './album';
import { openChromium } from './chromium';
import { Editor } from './editor';

/** Of one step; a busy machine takes long for what is done in a moment elsewhere. */
export const patienceMs = 90_000;

/** Of n8n, without the preview of its assistant, which would be the first page after the login. */
export const visitorEnv = { N8N_DISABLED_MODULES: 'instance-ai' };

/** A browser with a window for n8n's editor, and what is kept of it. */
export interface Visit {
	readonly context: BrowserContext;
	readonly page: Page;
	readonly editor: Editor;
	readonly album: Album;
	close(): Promise<void>;
}

/** @param path where the pictures are kept, below .cache/browser */
export async function openVisit(path: string): Promise<Visit> {
	selectors.setTestIdAttribute('data-test-id');
	const browser = await openChromium();
	const context = await browser.newContext({ viewport: { width: 1400, height: 860 }, colorScheme: 'light' });
	context.setDefaultTimeout(patienceMs);
	const page = await context.newPage();
	const editor = new Editor(page);
	return { context, page, editor, album: new Album(path), close: async () => await browser.close() };
}

/**
 * For tests that build on each other: after a failed one, those that follow say so instead of failing in their own way.
 *
 * @param visit asked for when a test has failed, for a last picture
 */
export function stations(visit: () => Visit): (title: string, work: () => Promise<void>) => void {
	let failed: string | undefined;
	return (title, work) => {
		it(
			title,
			async () => {
				if (failed !== undefined) throw new Error(`Not reached: "${failed}" failed.`);
				failed = title;
				await work().catch(async (error: unknown) => {
					const { album, page } = visit();
					await album.keep(page, 'failed').catch(() => undefined);
					throw error;
				});
				failed = undefined;
			},
			10 * patienceMs,
		);
	};
}
