import type { Locator, Page } from 'playwright-core';

/** What a person does in n8n's editor, by the marks that n8n's own tests go by. */
export class Editor {
	constructor(private readonly page: Page) {}

	mark(id: string): Locator {
		return this.page.getByTestId(id);
	}

	/** The window of a credential. */
	get credential(): Locator {
		return this.mark('editCredential-modal');
	}

	get input(): Locator {
		return this.mark('ndv-input-panel');
	}

	get output(): Locator {
		return this.mark('output-panel');
	}

	node(name: string): Locator {
		return this.mark('canvas-node').filter({ hasText: name });
	}

	async logIn(url: string, email: string, password: string): Promise<void> {
		await this.page.goto(url);
		await this.page.locator('input[name="emailOrLdapLoginId"]').fill(email);
		await this.page.locator('input[name="password"]').fill(password);
	}

	/** Logs in, and waits for the first page. */
	async enter(url: string, { email, password }: { email: string; password: string }): Promise<void> {
		await this.logIn(url, email, password);
		await this.mark('form-submit-button').click();
		await this.page.waitForURL((address) => !address.pathname.includes('signin'));
	}

	/** Types into the list of nodes, as it opens after a click on a plus. */
	async search(text: string, expected: string): Promise<void> {
		await this.mark('node-creator-search-bar').fill(text);
		await this.found(expected).waitFor();
	}

	found(name: string): Locator {
		return this.mark('node-creator-item-name').filter({ hasText: name }).first();
	}

	async fillCredential(values: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(values)) {
			await this.credential.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
		}
	}

	async saveCredential(): Promise<void> {
		await this.mark('credential-save-button').getByRole('button').click();
	}

	/** What n8n says of a credential that was saved and does not work. */
	async complaint(): Promise<string> {
		const retry = this.credential.getByRole('button', { name: 'Retry' });
		await retry.waitFor();
		const details = this.credential.getByText('More details');
		// n8n folds the message away the first time.
		if (await details.isVisible()) await details.click();
		return await this.credential.innerText();
	}

	/** n8n closes the window by itself once the credential works. */
	async credentialWorks(): Promise<void> {
		await this.mark('credential-edit-dialog').waitFor({ state: 'hidden' });
	}

	/** A field of the input, by its name. */
	field(name: string): Locator {
		return this.input.locator(`[data-target="mappable"][data-name=${JSON.stringify(name)}]`);
	}

	/** Where a value is given to one of CleverTap's properties. */
	mapped(name: string): Locator {
		return this.mark('resource-mapper-container').getByTestId(`parameter-input-${name}`);
	}

	property(index: number): Locator {
		return this.mark('assignment').nth(index);
	}

	/** With the mouse, as a person does: n8n takes a drag only after the mouse has left the field a little. */
	async drag(from: Locator, to: Locator): Promise<void> {
		await from.scrollIntoViewIfNeeded();
		await to.scrollIntoViewIfNeeded();
		const start = await middle(from);
		await this.page.mouse.move(start.x, start.y);
		await this.page.mouse.down();
		await this.page.mouse.move(start.x + 12, start.y + 6, { steps: 4 });
		const end = await middle(to);
		await this.page.mouse.move(end.x, end.y, { steps: 12 });
		await this.page.mouse.up();
	}

	/** Pastes a workflow onto an empty canvas, as the examples' page says. */
	async paste(workflow: unknown): Promise<void> {
		await this.mark('canvas-add-button').waitFor();
		await this.page.evaluate((text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
		}, JSON.stringify(workflow));
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).first().dblclick();
		await this.mark('ndv').waitFor();
	}

	/** In an open node; n8n may have chosen it already, where there is only one. */
	async chooseCredential(name: string): Promise<void> {
		const select = this.mark('node-credentials-select').first();
		await select.waitFor();
		if ((await select.locator('input').first().inputValue()) === name) return;
		await select.click();
		await this.page.getByRole('option', { name }).first().click();
	}

	/** In an open node, from the list of a parameter. */
	async chooseFromList(parameter: string, name: string): Promise<void> {
		await this.mark(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		await this.mark('rlc-item').filter({ hasText: name }).first().click();
	}

	async publish(): Promise<void> {
		await this.mark('workflow-open-publish-modal-button').click();
		await this.mark('workflow-publish-button').click();
		await this.mark('workflow-open-publish-modal-button').getByText('Published').waitFor();
		await this.page.keyboard.press('Escape');
	}

	async closeNode(): Promise<void> {
		await this.mark('ndv-close-button').click();
		await this.mark('ndv').waitFor({ state: 'hidden' });
	}

	/** Notes of n8n in the corner would cover what is behind them. */
	async closeNotes(): Promise<void> {
		const notes = this.page.locator('.el-notification');
		// They go by themselves too, perhaps just now: nothing of them may be waited for but their end.
		await notes.locator('.el-notification__closeBtn').evaluateAll((all) => {
			for (const close of all) (close as HTMLElement).click();
		});
		await notes.first().waitFor({ state: 'hidden' });
	}
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
	const box = await of.boundingBox();
	if (box === null) throw new Error('What was to be dragged, or its target, is not on the screen.');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
