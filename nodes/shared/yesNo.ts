import { ItemError } from './itemError';
import { visibleText } from './text';

const OFF = new Set(['', '0', 'false', 'no', 'off']);
const ON = new Set(['1', 'on', 'true', 'yes']);

/**
 * A yes/no option, which an expression may give as text or number: `true`, `1`, `"Yes"`, `" ON "` are on;
 * `false`, `0`, `"no"`, `"off"`, `""`, `null` are off, whatever their case and the blanks around them.
 *
 * An option that was not added is its caller's to fill in; here `undefined` counts as empty.
 *
 * @returns `undefined` for anything else: whoever asks refuses it by the option's name.
 */
export function readYesNo(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (value === null || value === undefined) return false;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const word = visibleText(String(value)).toLowerCase();
	if (OFF.has(word)) return false;
	return ON.has(word) ? true : undefined;
}

/**
 * The same for an option of one item.
 *
 * @throws ItemError that names the option, if it is neither
 */
export function requiredYesNo(value: unknown, label: string): boolean {
	const isOn = readYesNo(value);
	if (isOn !== undefined) return isOn;
	throw new ItemError(
		`The value of "${label}" is neither yes nor no`,
		'Use true or false. Of texts, true, yes, on and 1 are on; false, no, off, 0 and an empty text are off.',
	);
}
