import { fromSources } from '../package';
import { customerItems } from '../profiles';
import { interleave, timed, type Rounds } from '../rounds';
import { signed, submissionBody } from '../submissions';
import { work } from './child';
import { triggerOf } from './trigger';

export interface HostileTask extends Rounds {
	/** Folder of the unpacked package. */
	readonly folder: string;
}

/** How long one step holds the thread, and how long `JSON.parse` of the same bytes does, in milliseconds. */
export interface HostileFigures {
	readonly what: string;
	readonly ours: number[];
	readonly parse: number[];
}

/** What n8n takes of a request's body as it comes (`N8N_PAYLOAD_SIZE_MAX`). */
const LARGEST_BODY = 16 * 2 ** 20;
const RECORDS = 1000;
const BLOCKS = 20_000;
const SECRET = 'a'.repeat(64);

work(async ({ folder, ...rounds }: HostileTask): Promise<HostileFigures[]> => {
	const { verify, toItem } = triggerOf(folder);
	const { readForm } = fromSources<typeof import('../../nodes/Tally/form/blocks')>(folder, 'nodes/Tally/form/blocks');
	const { redactReply } = fromSources<typeof import('../../nodes/CleverTap/transport/redactReply')>(
		folder,
		'nodes/CleverTap/transport/redactReply',
	);
	const { verdictsOf } = fromSources<typeof import('../../nodes/CleverTap/upload/reply')>(
		folder,
		'nodes/CleverTap/upload/reply',
	);

	const figures: HostileFigures[] = [];
	const measure = async (what: string, ours: () => unknown, body: Buffer): Promise<void> => {
		const found = await interleave(
			{ ours: timed(ours), parse: timed(() => JSON.parse(body.toString()) as unknown) },
			rounds,
		);
		figures.push({ what, ours: found.ours.map(({ wall }) => wall), parse: found.parse.map(({ wall }) => wall) });
	};

	const largest = ofSize(LARGEST_BODY);
	const signature = signed(largest, SECRET)['tally-signature'];
	await measure(
		'the largest submission that n8n takes, from bytes to item',
		() => [verify(SECRET, largest, signature), toItem(largest)],
		largest,
	);

	const sent = {
		d: customerItems(RECORDS).map(({ json }, number) => ({
			type: 'profile',
			identity: `ada.${number}@example.com`,
			profileData: { ...json, Note: 'a!'.repeat(4000) },
		})),
	};
	const reply = Buffer.from(
		JSON.stringify({
			status: 'fail',
			unprocessed: sent.d.map((record, number) => ({
				status: 'fail',
				code: 515,
				error: `${JSON.stringify(record).slice(0, 490)} Skipped record number : ${number + 1}`,
				record,
			})),
		}),
	);
	await measure(
		'1,000 refused records that quote what they were sent, from bytes to verdicts',
		() => {
			const answer: unknown = JSON.parse(reply.toString());
			return verdictsOf(redactReply(answer, { accountId: 'A', passcode: 'sesame-sesame', sent: [sent] }), RECORDS);
		},
		reply,
	);

	const form = Buffer.from(
		JSON.stringify({
			id: 'GxdRaQ',
			blocks: Array.from({ length: BLOCKS }, (_, number) => ({
				uuid: `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`,
				type: 'DROPDOWN_OPTION',
				groupUuid: `00000000-0000-4000-b000-${String(number % 100).padStart(12, '0')}`,
				groupType: 'DROPDOWN',
				payload: { index: number, html: '<'.repeat(200), safeHTMLSchema: [[`Option ${number}`, [['tag', 'span']]]] },
			})),
		}),
	);
	await measure(
		'a form of 20,000 blocks, from bytes to questions',
		() => readForm(JSON.parse(form.toString()) as unknown),
		form,
	);
	return figures;
});

/** A submission of this size: the fields of a small one again and again, under keys of their own. */
function ofSize(bytes: number): Buffer {
	const body = JSON.parse(submissionBody('GxdRaQ', 60_000).toString()) as {
		data: { fields: Array<{ key: string; label: string }> };
	};
	const { fields } = body.data;
	const size = JSON.stringify(fields).length;
	body.data.fields = Array.from({ length: Math.floor(bytes / (1.1 * size)) }, (_, copy) =>
		fields.map((field) => ({ ...field, key: `${field.key}_${copy}`, label: `${copy} ${field.label}` })),
	).flat();
	return Buffer.from(JSON.stringify(body));
}
