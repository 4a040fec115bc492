import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readDelivery, type DeliveredSubmission } from '../submission/delivery';
import { questionsOf } from '../submission/fields';
import { itemOf } from '../submission/item';
import { downloadFiles } from './download';
import { warnOnceAMinute } from './log';
import { recall, type Remembered } from './memory';
import { readOptions } from './options';
import { answerToProbe, PROOF_HEADER, proofOfArrival } from './probe';
import { knowledgeOf } from './recovery/knowledge';
import { TAKEN_STATUS } from './recovery/logged';
import { takeNote } from './recovery/note';
import { signingSecret } from './secret';
import { isSignedBy, mayBeSignature } from './signature';
import { within } from './within';

/** As a rule n8n has read it before. */
const MAX_READ_MS = 3_000;

/** The part of n8n's request that is needed here; the bytes are there once they were read. */
interface RawRequest {
	rawBody?: Uint8Array;
	readRawBody(): Promise<void>;
}

/** The part of the response that is needed here. */
interface PlainResponse {
	readonly statusCode?: number;
	once?(event: 'finish', listener: () => void): void;
	setHeader?(name: string, value: string): void;
	status(code: number): PlainResponse;
	type(contentType: string): PlainResponse;
	send(text: string): PlainResponse;
	end(): void;
}

/**
 * Answers one request to the trigger's address, and starts the workflow if it is a submission
 * that Tally signed. Nothing that arrives from the net makes it throw, and what it does itself is
 * over in 8 seconds: Tally waits for 10.
 *
 * - 401, no execution: no signature, a wrong one, or no secret to check it with
 * - 503, no execution: the secret can't be had now; Tally sends again
 * - 400, no execution: signed, but not a submission of the trigger's form. Tally's delivery
 *   log then shows it as failed, from where it can be sent again once the cause is mended.
 * - 200, no execution: signed, of a kind that this trigger does not know, or a probe
 * - the workflow starts: n8n answers as the node's *Acknowledge* option says
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receiveBy(context, {
		ignoredStatus: 200,
		takesNote: () => false,
		isRegistered: ({ webhookId }) => webhookId !== undefined,
		otherwise: () => undefined,
		onTaken: () => undefined,
	});
}

/**
 * The same for version 1.2, where this process may have brought the submission already, and a webhook may have been made
 * anew since it was remembered. What need not be taken is answered as what was taken; nobody else answers so.
 *
 * - 202, no execution: a run of the submission was started without a delivery, or a note of the checks
 * - 503, no execution: such a run is under way; if it fails, Tally's next attempt may start another one
 */
export async function receiveKnowing(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const knowledge = knowledgeOf(context);
	return await receiveBy(context, {
		ignoredStatus: TAKEN_STATUS,
		takesNote: (bytes, formId) => takeNote(context, bytes, formId),
		isRegistered: () => true,
		otherwise: (submissionId) => {
			switch (knowledge.emitted(submissionId)) {
				case 'done':
					return { status: TAKEN_STATUS, text: 'Not needed: a run of this submission was started already' };
				case 'underWay':
					return { status: 503, text: 'A run of this submission is under way' };
				default:
					return undefined;
			}
		},
		onTaken: (submissionId) => {
			knowledge.noteTaken(submissionId);
			const response = responseOf(context);
			response.once?.('finish', () => {
				if (response.statusCode === TAKEN_STATUS) knowledge.note(submissionId, { isAcknowledged: true });
			});
		},
	});
}

/** In what versions differ. */
interface Ways {
	/** The answer to what is signed and of a kind that is not known. */
	readonly ignoredStatus: number;
	/** Keeps what the checks have noted, if the bytes are such a note. */
	takesNote(bytes: Uint8Array, formId: string): boolean;
	/** Whether deliveries are expected. */
	isRegistered(remembered: Remembered): boolean;
	/** How a submission is answered that needs no run. */
	otherwise(submissionId: string): { status: number; text: string } | undefined;
	/** Called when a run is about to start. */
	onTaken(submissionId: string): void;
}

async function receiveBy(context: IWebhookFunctions, ways: Ways): Promise<IWebhookResponseData> {
	try {
		return await receive(context, ways, performance.now());
	} catch {
		// Not the error: it may hold something of the request.
		warnOnceAMinute(
			context,
			'Tally Trigger could not take a delivery: something in it, or in this node, is not as expected. Tally will send it again.',
		);
		return answer(context, 503, 'The delivery could not be taken');
	}
}

/** @param start when the request arrived, by a clock that never jumps */
async function receive(context: IWebhookFunctions, ways: Ways, start: number): Promise<IWebhookResponseData> {
	const bytes = await rawBodyOf(context);
	if (bytes === undefined) return answer(context, 400, 'The body could not be read');

	const registration = recall(context.getWorkflowStaticData('node'));
	if (registration === undefined || !ways.isRegistered(registration)) {
		warnOnceAMinute(
			context,
			'Tally Trigger refused a delivery: no signing secret is stored for this node. It is lost when the node is renamed or its workflow is copied: publish the workflow again.',
		);
		return answer(context, 401, 'Unauthorized');
	}
	const signature = context.getHeaderData()['tally-signature'];
	const secret = mayBeSignature(signature) ? await signingSecret(context, registration) : '';
	if (secret === undefined) {
		warnOnceAMinute(
			context,
			'Tally Trigger could not check a delivery: the credential can not be read, or its API key was replaced and Tally does not say the signing secret. Tally will send it again. Check the Tally credential and publish the workflow again.',
		);
		return answer(context, 503, 'The signature can not be checked now');
	}
	if (!isSignedBy(secret, bytes, signature)) {
		warnOnceAMinute(
			context,
			'Tally Trigger refused a delivery: its signature does not fit. If it came from Tally, a proxy in front of n8n changes bodies or drops the header Tally-Signature, or the webhook was changed in Tally: publish the workflow again.',
		);
		return answer(context, 401, 'Unauthorized');
	}

	const delivery = readDelivery(bytes);
	if (delivery.kind === 'unknownEvent') return answer(context, ways.ignoredStatus, 'Ignored: not a submission');
	if (delivery.kind === 'notTally') {
		if (context.getMode() !== 'manual' && ways.takesNote(bytes, registration.formId)) {
			responseOf(context).setHeader?.(PROOF_HEADER, proofOfArrival(secret, signature));
			return answer(context, ways.ignoredStatus, 'Noted');
		}
		const proof = answerToProbe(bytes, secret, ownAddresses(context));
		return proof === undefined ? answer(context, 400, 'Not a Tally submission') : answer(context, 200, proof);
	}
	if (delivery.submission.formId !== registration.formId) {
		warnOnceAMinute(
			context,
			'Tally Trigger refused a delivery: it is signed, but of another form than the one chosen. The webhook was probably changed in Tally: publish the workflow again.',
		);
		return answer(context, 400, 'Not a submission of this form');
	}

	const { submissionId } = delivery.submission;
	const isTest = context.getMode() === 'manual';
	const other = isTest ? undefined : ways.otherwise(submissionId);
	if (other !== undefined) return answer(context, other.status, other.text);
	const item = await executionDataOf(context, delivery.submission, start);
	if (!isTest) ways.onTaken(submissionId);
	// Who sends a sample to a test can tell this answer from that of a login page.
	if (isTest) responseOf(context).setHeader?.(PROOF_HEADER, proofOfArrival(secret, signature));
	return { workflowData: [[item]] };
}

/** The addresses at which this trigger answers. */
function ownAddresses(context: IWebhookFunctions): string[] {
	return (['default', 'setup'] as const).flatMap((name) => context.getNodeWebhookUrl(name) ?? []);
}

/** The submission as the workflow gets it, its files fetched where that is wanted. */
async function executionDataOf(
	context: IWebhookFunctions,
	submission: DeliveredSubmission,
	start: number,
): Promise<INodeExecutionData> {
	const options = readOptions(context);
	const questions = questionsOf(submission.fields);
	if (!options.downloadFiles) return { json: itemOf(submission, questions, options) };
	const downloaded = await downloadFiles(context, questions, options.binaryPrefix, start);
	return {
		json: itemOf(submission, downloaded.questions, options),
		binary: downloaded.binary,
	};
}

/** The bytes as they came: what Tally signed, before anything parsed them. */
async function rawBodyOf(context: IWebhookFunctions): Promise<Uint8Array | undefined> {
	const request = context.getRequestObject() as RawRequest;
	try {
		if (request.rawBody !== undefined) return request.rawBody;
		const isRead = await within(
			MAX_READ_MS,
			request.readRawBody().then(() => true),
		);
		return isRead === true ? (request.rawBody ?? new Uint8Array()) : undefined;
	} catch {
		// The sender hung up or sent more than n8n takes.
		return undefined;
	}
}

/** Ends the request here: n8n adds nothing, and no execution starts. */
function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	responseOf(context).status(status).type('text/plain').send(text).end();
	return { noWebhookResponse: true };
}

function responseOf(context: IWebhookFunctions): PlainResponse {
	return context.getResponseObject() as PlainResponse;
}
