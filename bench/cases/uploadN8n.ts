import { post } from '../bareLoop';
import type { Case } from '../case';
import { startChild } from '../children';
import type { Received } from '../children/cleverTap';
import { claim, type Claim, compare, ratios, type Row } from '../figures';
import { chain, cleverTapNode, code, httpRequest, inSandbox, tookIn, webhook } from '../n8n';
import { uploadParameters } from '../profiles';
import { interleave } from '../rounds';

const name = 'upload-n8n';
const DELAY = 20;
const DECISIVE = 5_000;

/** Customers as `customerItems` makes them, in the words of a Code node. */
const makeItems = `
return Array.from({ length: $input.first().json.body.count }, (_, number) => ({ json: {
	id: 'customer-' + number,
	firstName: 'Ada' + (number % 977),
	lastName: 'Example' + (number % 1013),
	email: 'ada.' + number + '@example.com',
	phone: '+1415555' + String(number % 10000).padStart(4, '0'),
	plan: ['Free', 'Team', 'Business'][number % 3],
	address: { city: 'Ghent', country: 'Example Land' },
	visits: number % 100,
	lastOrder: new Date(1760000000000 + number * 1000).toISOString(),
} }));`;

/** One record, as CleverTap's guide has it: one request for each item. */
const recordOfItem = `={ "d": [{ "identity": "{{ $json.id }}", "type": "profile", "profileData": {
	"First name": "{{ $json.firstName }}", "Last name": "{{ $json.lastName }}", "Email": "{{ $json.email }}",
	"Phone": "{{ $json.phone }}", "Plan": "{{ $json.plan }}", "City": "{{ $json.address.city }}", "Last order": "{{ $json.lastOrder }}" } }] }`;

const makeBatches = `
const records = $input.all().map(({ json }) => ({ identity: json.id, type: 'profile', profileData: {
	'First name': json.firstName, 'Last name': json.lastName, Email: json.email, Phone: json.phone,
	Plan: json.plan, City: json.address.city, 'Last order': json.lastOrder } }));
const batches = [];
for (let at = 0; at < records.length; at += 1000) batches.push({ json: { d: records.slice(at, at + 1000) } });
return batches;`;

/** Uploads in a real n8n: the node, and what people build of n8n's own nodes. */
export const uploadN8n: Case = {
	name,
	title: 'Upload in a real n8n',

	async run(scale, say) {
		const server = await startChild<Record<number, string>>('cleverTap', [DELAY]);
		const origin = server.answer[DELAY] as string;
		try {
			return await inSandbox(async (sandbox) => {
				const { n8n } = sandbox;
				const cleverTap = await cleverTapNode(sandbox, origin, uploadParameters('paths'));
				/** A workflow that makes items and lets nodes upload them; gives what those took. */
				const contender = async (path: string, ...nodes: ReadonlyArray<Record<string, unknown>>) => {
					const id = await n8n.client.createWorkflow(
						chain(path, [webhook(path), code('Make Items', makeItems), ...nodes]),
					);
					await n8n.client.publish(id);
					return (count: number) => async () => {
						const { status } = await post(`${n8n.url}/webhook/${path}`, JSON.stringify({ count }));
						const { records } = (await (await fetch(`${origin}/received`)).json()) as Received;
						if (status !== 200 || records !== count)
							throw new Error(`${path}: HTTP ${status}, ${records} of ${count} records arrived`);
						return await tookIn(n8n, id, String(nodes[0]?.name), String(nodes.at(-1)?.name));
					};
				};
				const ours = await contender('ours', cleverTap);
				const oneByOne = await contender('one-by-one', httpRequest(origin, recordOfItem));
				const byHand = await contender('by-hand', code('Batches', makeBatches), httpRequest(origin, '={{ $json }}'));

				const rows: Row[] = [];
				const claims: Claim[] = [];
				for (const count of [1_000, DECISIVE]) {
					const took = await interleave(
						{ ours: ours(count), oneByOne: oneByOne(count), byHand: byHand(count) },
						scale,
						(done, of) => say(`${count} items: round ${done} of ${of}`),
					);
					const line = (against: string, theirs: number[]): Row =>
						compare({
							case: name,
							what: `${count.toLocaleString('en')} items`,
							unit: 'ms',
							ours: took.ours,
							against,
							theirs,
						});
					rows.push(
						line('HTTP Request, one request per item', took.oneByOne),
						line('Code and HTTP Request, batches of 1000 by hand', took.byHand),
					);
					if (count !== DECISIVE) continue;
					const title = `${count.toLocaleString('en')} items in a real n8n`;
					claims.push(
						claim({
							case: name,
							title: `${title}: at least 30 × faster than one request per item`,
							samples: ratios(took.ours, took.oneByOne),
							limit: 1 / 30,
							unit: '×',
						}),
						claim({
							case: name,
							title: `${title}: not slower than batches built by hand`,
							samples: ratios(took.ours, took.byHand),
							limit: 1,
							unit: '×',
						}),
					);
				}
				return { rows, claims };
			});
		} finally {
			server.stop();
		}
	},
};
