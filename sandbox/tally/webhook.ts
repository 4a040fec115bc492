/** A webhook as `GET /webhooks` lists it: secret and header values in clear (Tally API reference). */
export interface Webhook {
	id: string;
	formId: string;
	url: string;
	signingSecret: string | null;
	httpHeaders: HttpHeader[] | null;
	eventTypes: Array<'FORM_RESPONSE'>;
	externalSubscriber: string | null;
	isEnabled: boolean;
	lastSyncedAt: string | null;
	createdAt: string;
	updatedAt: string;
}

export interface HttpHeader {
	name: string;
	value: string;
}
