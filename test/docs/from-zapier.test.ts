import { CleverTapAccountApi } from '../../credentials/CleverTapAccountApi.credentials';
import { TallyAccountApi } from '../../credentials/TallyAccountApi.credentials';
import { CleverTap } from '../../nodes/CleverTap/CleverTap.node';
import { eventSeconds } from '../../nodes/CleverTap/parameters/timestamp';
import { Tally } from '../../nodes/Tally/Tally.node';
import { TallyTrigger } from '../../nodes/Tally/TallyTrigger.node';
import { labelsIn, readPage, tableRows } from './pages';

const page = readPage('docs/from-zapier.md');

const labels = new Set(
	[
		new Tally().description,
		new TallyTrigger().getNodeType().description,
		new CleverTap().description,
		new TallyAccountApi(),
		new CleverTapAccountApi(),
	].flatMap(({ properties }) => labelsIn(properties)),
);

it('names fields, options and operations as the editor does', () => {
	const named = [...page.text.matchAll(/\*\*(.+?)\*\*/g)].map(([, label = '']) => label);
	expect(named).toEqual(expect.arrayContaining(['Properties From', 'Identifier', 'Event Name', 'Timestamp']));
	// The word itself, where the page explains it.
	expect(named.filter((label) => label !== 'bold' && !labels.has(label))).toEqual([]);
});

it('shows dates that the node reads as it says', () => {
	const dates = tableRows(page)
		.map((cells) => cells.map((cell) => /^`(.+)`$/.exec(cell)?.[1]))
		.filter((cells) => cells[1] !== undefined && cells[2] !== undefined);
	expect(dates).toHaveLength(4);
	for (const [, date, seconds] of dates) expect([date, eventSeconds(date)]).toEqual([date, Number(seconds)]);
});
