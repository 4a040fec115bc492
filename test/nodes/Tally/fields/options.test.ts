import { readItemOptions } from '../../../../nodes/Tally/fields/itemOptions';
import { readMoment } from '../../../../nodes/Tally/fields/moment';
import { Input } from '../../../../nodes/Tally/run/input';
import type { Line } from '../../../../nodes/Tally/transport/line';
import { fakeNode } from '../../../support/fakeNode';

const input = (timeZone?: string) => new Input(fakeNode({ timeZone }), 0, {} as Line);

it.each([
	[{}, { answerKeys: 'text', includeLinks: false, includeUnanswered: false }],
	[
		{ answerKeys: 'key', includeLinks: true, includeUnanswered: true },
		{ answerKeys: 'key', includeLinks: true, includeUnanswered: true },
	],
	[
		{ answerKeys: 'odd', includeLinks: 'yes', includeUnanswered: 1 },
		{ answerKeys: 'text', includeLinks: false, includeUnanswered: false },
	],
])('of the options %j these hold', (chosen, options) => {
	expect(readItemOptions(chosen)).toEqual(options);
});

it.each([undefined, null, ''])('%j is no moment', (value) => {
	expect(readMoment(input(), value, 'From')).toBeUndefined();
});

it.each([
	['2026-02-09T10:00:00Z', 'America/New_York', '2026-02-09T10:00:00.000Z'],
	['2026-02-09T10:00:00', 'America/New_York', '2026-02-09T15:00:00.000Z'],
	['2026-02-09', 'Asia/Tokyo', '2026-02-08T15:00:00.000Z'],
	['2026-02-09T10:00:00.5+02:00', 'UTC', '2026-02-09T08:00:00.500Z'],
])('%j in %s is %s', (value, timeZone, iso) => {
	expect(readMoment(input(timeZone), value, 'From')).toBe(iso);
});
