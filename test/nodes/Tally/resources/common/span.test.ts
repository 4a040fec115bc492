import { readMoment } from '../../../../../nodes/Tally/resources/common/span';

it.each([undefined, null, ''])('%j is no moment', (value) => {
	expect(readMoment(value, 'From', 'UTC')).toBeUndefined();
});

it.each([
	['2026-02-09T10:00:00Z', 'America/New_York', '2026-02-09T10:00:00.000Z'],
	['2026-02-09T10:00:00', 'America/New_York', '2026-02-09T15:00:00.000Z'],
	['2026-02-09', 'Asia/Tokyo', '2026-02-08T15:00:00.000Z'],
	['2026-02-09T10:00:00.5+02:00', 'UTC', '2026-02-09T08:00:00.500Z'],
])('%j in %s is %s', (value, timeZone, iso) => {
	expect(readMoment(value, 'From', timeZone)).toBe(iso);
});
