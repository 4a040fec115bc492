import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Case, Say, Scale } from '../case';
import { claim, compare, type Row, spreadOf } from '../figures';
import { makeFloor, nodeClasses } from '../floor';
import { packages, unpackOurs } from '../package';
import { fetchPeer, type Peer, peerNames } from '../peers';
import { interleave } from '../rounds';
import { makeHome } from '../startUp';
import { inDigits } from '../table';

const run = promisify(execFile);
const name = 'package';
const KILOBYTE = 1000;
const texts = 'its texts alone, without code';
const n8n = createRequire(join(__dirname, '..', '..', 'sandbox', 'n8n', 'package.json'));
/** n8n's own trigger of a form service, and its own node of a service like CleverTap. */
const n8nsOwn = [
	'n8n-nodes-base/dist/nodes/Typeform/TypeformTrigger.node.js#TypeformTrigger',
	'n8n-nodes-base/dist/nodes/CustomerIo/CustomerIo.node.js#CustomerIo',
];

/** Loads classes in a fresh process; gives the milliseconds beyond `n8n-workflow`. */
function loading(classes: readonly string[]): () => Promise<number> {
	const script = join(__dirname, '..', 'children', 'load.cjs');
	return async () => {
		const { stdout } = await run(process.execPath, [script, n8n.resolve('n8n-workflow'), ...classes]);
		return Number(stdout);
	};
}

const classesIn = (folder: string): string[] =>
	nodeClasses.map((node) => `${join(folder, 'dist', 'nodes', `${node}.node.js`)}#${node.split('/')[1]}`);

/** The size of what is installed, what loading it costs, and what it adds to n8n's start. */
export const packageCase: Case = {
	name,
	title: 'The package',

	async run(scale, say) {
		const { tarball, folder } = await unpackOurs();
		const size = (await stat(tarball)).size;
		const peers: Peer[] = [];
		for (const peer of peerNames) {
			const fetched = await fetchPeer(peer);
			if (fetched) peers.push(fetched);
			else say(`npm does not have ${peer}`);
		}
		const floor = join(packages, 'floor');
		const floorSize = await makeFloor(folder, floor);

		const sizes = [
			{ what: texts, size: floorSize },
			...peers.map((peer) => ({ what: peer.name, size: peer.size })),
		].map((other): Row =>
			compare({
				case: name,
				what: 'size of the tarball',
				unit: 'kB',
				ours: [size / KILOBYTE],
				against: other.what,
				theirs: [other.size / KILOBYTE],
			}),
		);
		const [trigger, cleverTap] = classesIn(folder) as [string, string, string];
		const contenders: Record<string, () => Promise<number>> = {
			two: loading([trigger, cleverTap]),
			three: loading(classesIn(folder)),
			[texts]: loading(classesIn(floor).slice(0, 2)),
			'n8n’s own Typeform Trigger and Customer.io': loading(
				n8nsOwn.map((place) => n8n.resolve(place.split('#')[0] as string) + `#${place.split('#')[1]}`),
			),
			...Object.fromEntries(peers.map((peer) => [peer.name, loading(peer.classes)])),
		};
		const { two = [], three = [], ...others } = await interleave(contenders, { rounds: scale.rounds * 3, warmUp: 1 });
		const load = (what: string, ours: number[], against: string, theirs: number[]): Row =>
			compare({ case: name, what, unit: 'ms', ours, against, theirs });
		const loads = [
			...Object.entries(others).map(([other, theirs]) =>
				load('loading Tally Trigger and CleverTap', two, other, theirs),
			),
			load('loading all three nodes', three, 'two of them', two),
		];
		const because = `What the editor shows, the README and the licence alone, without any code, are ${inDigits(floorSize / KILOBYTE)} kB and take ${inDigits(spreadOf(others[texts] ?? []).median)} ms.`;
		return {
			rows: [...sizes, ...loads, await starts(scale, tarball, say)],
			claims: [
				claim({ case: name, title: 'Tarball below 60 kB', samples: [size / KILOBYTE], limit: 60, unit: 'kB', because }),
				claim({
					case: name,
					title: 'Tally Trigger and CleverTap loaded within 5 ms beyond n8n-workflow',
					samples: two,
					limit: 5,
					unit: 'ms',
					because,
				}),
			],
		};
	},
};

async function starts(scale: Scale, tarball: string, say: Say): Promise<Row> {
	const homes = { ours: await makeHome(tarball), without: await makeHome() };
	try {
		const { ours, without } = await interleave(
			{ ours: async () => await homes.ours.startUp(), without: async () => await homes.without.startUp() },
			{ rounds: scale.rounds, warmUp: 0 },
			(done, of) => say(`n8n started: round ${done} of ${of}`),
		);
		const seconds = (samples: readonly number[]): number[] => samples.map((took) => took / 1000);
		return compare({
			case: name,
			what: 'n8n’s start until it is ready, with the package',
			unit: 's',
			ours: seconds(ours),
			against: 'without',
			theirs: seconds(without),
		});
	} finally {
		await Promise.all([homes.ours.remove(), homes.without.remove()]);
	}
}
