import { growth, judgeGrowth, type Sample } from './growth';

/** A sample after every 48 submissions; what n8n's live memory is then, in bytes. */
function samples(
	count: number,
	ours: (submissions: number) => number,
	plain: (submissions: number) => number,
): Sample[] {
	const memory = (bytes: number) => ({ heap: bytes / 2, outside: bytes / 2, main: 0, children: 0 });
	return Array.from({ length: count }, (_, index) => {
		const submissions = index * 48;
		return { at: index * 60_000, submissions, ours: memory(ours(submissions)), plain: memory(plain(submissions)) };
	});
}

const base = 220e6;
/** n8n itself: it grows fast at first, then slowly, and never evenly: what it has cached comes and goes. */
const n8n = (submissions: number) =>
	base + 6e6 * (1 - Math.exp(-submissions / 60)) + 2500 * submissions + 1.8e6 * (Math.sin(submissions) > 0.5 ? 1 : 0);
/** The same at another moment. */
const other = (submissions: number) => n8n(submissions + 7);
const wrongs = (given: readonly Sample[]) => judgeGrowth(given).map(({ wrong }) => wrong.length);

it('finds nothing where both grow alike, however much', () => {
	expect(wrongs(samples(31, n8n, n8n))).toEqual([0]);
	expect(wrongs(samples(31, n8n, other))).toEqual([0]);
	expect(wrongs(samples(31, (sent) => n8n(sent) + 2e6, other))).toEqual([0]);
});

it('finds nothing where only the warm-up takes more', () => {
	expect(wrongs(samples(31, (sent) => n8n(sent) + 2e6 * (1 - Math.exp(-sent / 60)), other))).toEqual([0]);
});

it('finds the body of a submission that is kept each time', () => {
	const leaking = samples(31, (sent) => n8n(sent) + 5000 * sent, other);
	expect(wrongs(leaking)).toEqual([1]);
	const { each = 0, margin = 0 } = growth(leaking) ?? {};
	expect(Math.abs(each - 5000)).toBeLessThan(margin);
	expect(growth(samples(31, (sent) => n8n(sent) + 5000 * sent, n8n))?.each).toBeCloseTo(5000);
});

it('finds a large leak, however unevenly it grows', () => {
	const leaking = samples(31, (sent) => n8n(sent) + 20e6 * Math.floor(sent / 500), other);
	expect(wrongs(leaking)).toEqual([1]);
});

it('says nothing of a run that is too short', () => {
	expect(wrongs(samples(15, (sent) => n8n(sent) + 5000 * sent, other))).toEqual([]);
	expect(wrongs(samples(9, n8n, n8n))).toEqual([]);
	expect(wrongs(samples(1, n8n, n8n))).toEqual([]);
});
