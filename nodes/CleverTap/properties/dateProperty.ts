import { isInRange, readMoment } from '../../shared/moments';

/**
 * CleverTap's only form of a date inside a property: `2018-03-05` → `$D_1520208000`. It may lie before 1970.
 * What has this form already keeps it.
 */
export function dateProperty(value: unknown): string | undefined {
	if (typeof value === 'string' && /^\s*\$D_/.test(value)) {
		const ready = value.trim();
		return /^\$D_-?\d{1,12}$/.test(ready) && isInRange(Number(ready.slice(3)) * 1000) ? ready : undefined;
	}
	const moment = readMoment(value);
	return moment === undefined ? undefined : `$D_${Math.floor(moment.epochMs / 1000)}`;
}
