import type { Claim, Row, Spread } from './figures';

/** A number that a person can read: three digits that mean something. */
export function inDigits(value: number): string {
	if (!Number.isFinite(value)) return String(value);
	if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
	return String(Number(value.toPrecision(3)));
}

const spread = ({ median, least, most }: Spread): string =>
	`${inDigits(median)} (${inDigits(least)}–${inDigits(most)})`;

const columns: ReadonlyArray<readonly [title: string, cell: (row: Row) => string]> = [
	['case', (row) => row.case],
	['what', (row) => row.what],
	['ours', (row) => `${spread(row.ours)} ${row.unit}`],
	['against', (row) => row.against],
	['theirs', (row) => `${spread(row.theirs)} ${row.unit}`],
	['ours ÷ theirs', (row) => spread(row.ratio)],
	['rounds', (row) => String(row.rounds)],
];

/** The table as text: medians, the least and the most in brackets; less is better. */
export function table(rows: readonly Row[]): string {
	const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
	const widths = columns.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
	return lines
		.map((cells) =>
			cells
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** What must hold, each with what was measured. */
export function verdicts(claims: readonly Claim[]): string {
	return claims
		.map(({ title, holds, measured, limit, unit, because }) => {
			const figures = `${inDigits(measured.median)} of ${inDigits(limit)} ${unit}`.trim();
			const line = `${holds ? 'holds         ' : 'does not hold '}  ${title}: ${figures}`;
			return holds || because === undefined ? line : `${line}\n                  ${because}`;
		})
		.join('\n');
}
