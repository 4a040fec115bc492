import type { Row } from './figures';
import { inDigits } from './table';

/** What the chart shows: against what a user would pick instead, and against the limit. */
const SHOWN: ReadonlyArray<readonly [name: string, what: string, against: string]> = [
	['upload-n8n', '5,000 items', 'HTTP Request, one request per item'],
	['upload-n8n', '5,000 items', 'Code and HTTP Request, batches of 1000 by hand'],
	['upload-engine', '10,000 profiles, 20 ms, fields dragged in', 'official client'],
	['upload-engine', '100,000 profiles, 20 ms, fields dragged in', 'n8n reading the same parameters, nothing sent'],
	['upload-engine', '100,000 profiles, 20 ms, fields dragged in', 'bare loop'],
	['upload-engine', '100,000 profiles, 20 ms, four fields computed', 'bare loop + n8n computing the four'],
	['memory', '500,000 profiles, peak beyond a node that does nothing', 'the JSON sent'],
	['reading', '100,000 submissions, Return All, 2,000 a page', 'bare loop over the same pages'],
	['functions', 'signature and submission to item, 60 kB', 'JSON.parse of the same bytes'],
	['delivery', '5 kB, n8n as it is, time per submission at full load', 'Webhook alone'],
	['delivery', '5 kB, isolates where needed, time per submission at full load', 'Webhook alone'],
	['journey', '5 kB, n8n as it is, p50', 'Webhook, Code and HTTP Request, unsigned'],
	['journey', '5 kB, isolates where needed, p50', 'Webhook, Code and HTTP Request, unsigned'],
	['upload-once', 'SQLite, 8 submissions at a time, store full', 'the same without a key'],
	['upload-once', 'SQLite, 8 submissions at a time, store full', 'Remove Duplicates and HTTP Request'],
	['upload-once', 'PostgreSQL, 20 submissions at a time, store full', 'the same without a key'],
	['burst', '200 submissions at once, isolates where needed, peak memory of n8n', 'n8n as it is'],
];

const ROW = 26;
const TEXT = 660;
const BARS = 360;
const WIDTH = TEXT + BARS + 90;
const TOP = 34;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * Ratios as bars, on a scale of powers of ten: to the left of the line ours takes less, to the
 * right more. The line across a bar goes from the least to the most. Readable in light and in dark.
 */
export function chart(rows: readonly Row[]): string {
	const shown = SHOWN.flatMap(([name, what, against]) =>
		rows.filter((row) => row.case === name && row.what === what && row.against === against),
	);
	const reach = Math.max(
		1,
		...shown.flatMap(({ ratio }) => [ratio.least, ratio.most]).map((value) => Math.abs(Math.log10(value))),
	);
	const x = (value: number): number => TEXT + (BARS / 2) * (1 + Math.log10(value) / Math.ceil(reach));
	const height = TOP + shown.length * ROW + 12;
	const powers = Array.from({ length: 2 * Math.ceil(reach) + 1 }, (_, index) => 10 ** (index - Math.ceil(reach)));
	const scale = powers.map(
		(value) =>
			`<line class="${value === 1 ? 'one' : 'grid'}" x1="${at(x(value))}" x2="${at(x(value))}" y1="${TOP - 8}" y2="${height - 8}"/>` +
			`<text class="scale" x="${at(x(value))}" y="${TOP - 14}">${value >= 1 ? `${value} ×` : `1/${Math.round(1 / value)} ×`}</text>`,
	);
	const bars = shown.map((row, index) => bar(row, TOP + index * ROW, x));
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Ours by what it is compared with, less is better">
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.scale { text-anchor: middle; fill: #57606a }
.less { fill: #1a7f64 }
.more { fill: #b35900 }
.grid { stroke: #d0d7de }
.one, .spread { stroke: #57606a }
@media (prefers-color-scheme: dark) {
	text { fill: #e6edf3 }
	.scale { fill: #9198a1 }
	.less { fill: #3fb68b }
	.more { fill: #e3893b }
	.grid { stroke: #3d444d }
	.one, .spread { stroke: #9198a1 }
}
</style>
${[...scale, ...bars].join('\n')}
</svg>
`;
}

const at = (value: number): string => value.toFixed(1);

function bar({ what, against, ratio, case: name }: Row, top: number, x: (value: number) => number): string {
	const [from, to] = [Math.min(x(1), x(ratio.median)), Math.max(x(1), x(ratio.median))];
	const middle = top + ROW / 2;
	return [
		`<text x="0" y="${at(middle + 4)}">${escaped(`${name}: ${what} ÷ ${against}`)}</text>`,
		`<rect class="${ratio.median <= 1 ? 'less' : 'more'}" x="${at(from)}" y="${at(top + 5)}" width="${at(Math.max(to - from, 1))}" height="${ROW - 10}"/>`,
		`<line class="spread" x1="${at(x(ratio.least))}" x2="${at(x(ratio.most))}" y1="${at(middle)}" y2="${at(middle)}"/>`,
		`<text x="${TEXT + BARS + 8}" y="${at(middle + 4)}">${inDigits(ratio.median)} ×</text>`,
	].join('');
}
