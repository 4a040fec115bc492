import type { ITriggerFunctions } from 'n8n-workflow';

import { apiKeyOf } from '../../transport/credential';
import { warnOnceAnHour } from '../log';
import { recall } from '../memory';
import { isProofOfArrival, postSigned, PROOF_HEADER } from '../probe';
import { unseal } from '../seal';
import { signatureOf } from '../signature';
import { bodyOfNote, keepNote, type Note } from './note';

/** Keeps what must be known after a restart; one note at a time, the newest state each time. */
export class Notes {
	private isWanted = false;

	private underWay: Promise<void> | undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly now: () => Note | undefined,
	) {}

	/** Keeps the state of now soon. Never throws. */
	keep(): void {
		this.isWanted = true;
		this.underWay ??= this.write().finally(() => (this.underWay = undefined));
	}

	/** Resolves when all that was to be kept is kept. */
	async done(): Promise<void> {
		await this.underWay;
	}

	private async write(): Promise<void> {
		while (this.isWanted) {
			this.isWanted = false;
			const note = this.now();
			if (note === undefined || (await this.post(note))) continue;
			// n8n saves it with the next run that the trigger starts.
			keepNote(this.context.getWorkflowStaticData('node'), note);
			warnOnceAnHour(
				this.context,
				"Tally Trigger could not note which submissions have started a run, because n8n does not reach itself at the address that it gives for its webhooks. After a restart the last ones may start a run again. Set n8n's environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer n8n) to an address that n8n reaches itself.",
			);
		}
	}

	/** Whether n8n has taken it. */
	private async post(note: Note): Promise<boolean> {
		try {
			const registration = recall(this.context.getWorkflowStaticData('node'));
			if (registration === undefined) return true;
			const secret = unseal(registration.sealedSecret, await apiKeyOf(this.context));
			if (secret === undefined) return false;
			const body = bodyOfNote(note);
			const reply = await postSigned(this.context, registration.url, body, secret);
			const signature = signatureOf(Buffer.from(body), secret);
			return reply !== undefined && isProofOfArrival(secret, signature, reply.headers[PROOF_HEADER]);
		} catch {
			return false;
		}
	}
}
