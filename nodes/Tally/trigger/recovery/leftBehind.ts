import type { ITriggerFunctions } from 'n8n-workflow';

import { isSameAddress } from '../../transport/addresses';
import type { BackgroundClient } from '../../transport/backgroundClient';
import { warnOnceAnHour } from '../log';
import type { Remembered } from '../memory';
import { residentAt } from '../probe';
import { deleteWebhook, type Webhook } from '../webhooks';
import type { LoggedDelivery } from './logged';

/** Between two questions to whoever is at the old address. */
const ASK_AGAIN_AFTER_MS = 2 * 60_000;

/**
 * The webhook at an address that n8n had before. Another n8n may live there, of which this one is a copy: its webhook
 * is left alone as long as a trigger answers there, or takes what Tally delivers.
 */
export class LeftBehind {
	/** When nobody of ours was there for the first time, by a clock that never jumps. */
	private nobodySince: number | undefined;

	private isOthers = false;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly registration: Remembered,
		/** When this n8n began to live elsewhere, by Tally's clock. */
		private readonly since: number,
	) {}

	/** The webhook, if it is there and is not known to be in use. */
	webhookIn(listed: readonly Webhook[], secret: string | undefined): Webhook | undefined {
		if (this.isOthers) return undefined;
		const { webhookId, url, formId } = this.registration;
		return listed.find(
			(webhook) =>
				webhook.formId === formId &&
				isSameAddress(webhook.url, url) &&
				(webhook.id === webhookId || (secret !== undefined && webhook.secret === secret)),
		);
	}

	/**
	 * Removes the webhook once it is certain that nobody of ours uses it.
	 *
	 * @param log of this webhook, too
	 * @returns whether it is gone
	 */
	async removeIfUnused(
		client: BackgroundClient,
		webhook: Webhook,
		secret: string | undefined,
		log: readonly LoggedDelivery[],
	): Promise<boolean> {
		if (this.isInUse(webhook, log)) return this.leave('another n8n takes its deliveries');
		const resident = secret === undefined ? 'unclear' : await residentAt(this.context, webhook.url, secret);
		if (resident === 'ours') return this.leave('the trigger of another n8n answers there');
		if (resident === 'unclear') {
			this.nobodySince = undefined;
			this.tell(webhook.url, 'it is not certain that no other n8n of yours uses it');
			return false;
		}
		this.nobodySince ??= performance.now();
		if (performance.now() - this.nobodySince < ASK_AGAIN_AFTER_MS) return false;
		const { isGone } = await deleteWebhook(client, webhook.id);
		return isGone;
	}

	private isInUse({ id }: Webhook, log: readonly LoggedDelivery[]): boolean {
		return log.some(
			({ webhookId, standing, lastAttemptAt }) =>
				webhookId === id && standing === 'taken' && lastAttemptAt > this.since,
		);
	}

	private leave(why: string): false {
		this.isOthers = true;
		this.tell(this.registration.url, why);
		return false;
	}

	private tell(url: string, why: string): void {
		warnOnceAnHour(
			this.context,
			`Tally Trigger made a webhook of its own at the form and left the one at its earlier address ${url}, because ${why}. If nobody uses it, remove it by hand: open the form in Tally, then Integrations, then Webhooks.`,
		);
	}
}
