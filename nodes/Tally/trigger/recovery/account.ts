import { createHash } from 'node:crypto';

import type { ITriggerFunctions } from 'n8n-workflow';

import { BackgroundClient, Turns } from '../../transport/backgroundClient';
import { accessOf, apiKeyOf, isThroughGateway } from '../../transport/credential';
import { limitsOf } from '../../transport/pace';
import { listEveryWebhook, type Webhook } from '../webhooks';

/** What the checks of all triggers together may ask in a minute; the rest of Tally's 100 is for workflows. */
const REQUESTS_PER_MINUTE = 75;

/** What the triggers of one account share in this process. */
export class Account {
	private readonly turns: Turns;

	private list: { at: number; webhooks: Promise<Webhook[] | 'forbidden'> } | undefined;

	private last: Promise<void> = Promise.resolve();

	/** Webhooks that were given their secret because the list showed none. */
	private readonly given = new Set<string>();

	constructor(isThroughGateway: boolean) {
		this.turns = new Turns(limitsOf(REQUESTS_PER_MINUTE, isThroughGateway));
	}

	client(context: ITriggerFunctions, closed: AbortSignal): BackgroundClient {
		return new BackgroundClient(context, this.turns, closed);
	}

	/** Does the work when that of all who came before is done. */
	async inTurn(work: () => Promise<void>): Promise<void> {
		const before = this.last;
		const own = (async () => {
			await before;
			await work();
		})();
		this.last = own.catch(() => undefined);
		await own;
	}

	/** All webhooks of the account, as they were a short time ago at most; or that the list may not be read. */
	async webhooks(client: BackgroundClient, maxAgeMs: number): Promise<Webhook[] | 'forbidden'> {
		const { list } = this;
		if (list !== undefined && performance.now() - list.at < maxAgeMs) return await list.webhooks;
		const webhooks = listEveryWebhook(client);
		const fresh = { at: performance.now(), webhooks };
		this.list = fresh;
		webhooks.catch(() => {
			if (this.list === fresh) this.list = undefined;
		});
		return await webhooks;
	}

	/**
	 * Whether the list does not show the secret of a webhook, as a gateway may do; where somebody has removed the secret
	 * at Tally, the list shows it again once it was given.
	 */
	hidesSecretOf({ id, secret }: Webhook): boolean {
		if (secret !== null) this.given.delete(id);
		return secret === null && this.given.has(id);
	}

	gaveSecretTo({ id, secret }: Webhook): void {
		if (secret === null) this.given.add(id);
	}

	/** Something was changed: the list has to be read again. */
	forgetWebhooks(): void {
		this.list = undefined;
	}
}

const accounts = new Map<string, Account>();

/** The account that a trigger's credential leads to. */
export async function accountOf(context: ITriggerFunctions): Promise<Account> {
	const [{ baseUrl }, apiKey, isGateway] = [
		await accessOf(context),
		await apiKeyOf(context),
		await isThroughGateway(context),
	];
	const name = createHash('sha256')
		.update(JSON.stringify([baseUrl, apiKey]))
		.digest('base64');
	const account = accounts.get(name) ?? new Account(isGateway);
	accounts.set(name, account);
	return account;
}
