import { asciiDigits, visibleText } from '../../../shared/text';

/** No amount is written longer. */
const MAX_LENGTH = 40;
/** The sign or code of a currency stands before or behind the number. */
const BARE =
	/^([-+−])?\s?(?:\p{Sc}|\p{Lu}{2,3}\$?|[A-Z]\$|kr\.?|zł|Rs\.?)?\s?([-+−])?(\d[\d.,'’\s]*)\s?(?:\p{Sc}|\p{Lu}{3}|kr\.?|zł|Kč|Ft|lei|руб\.?|円|元|원)?$/u;

/**
 * The number of an amount of money as people and sheets write it: `12.50`, `12,50 €`, `$1,234.50`, `EUR 1.234,50`.
 *
 * @returns `undefined` where it can be two numbers, as `1,234` and `1.234` can, or none
 */
export function readAmount(text: string): number | undefined {
	const visible = asciiDigits(visibleText(text.slice(0, 10 * MAX_LENGTH)));
	if (visible.length > MAX_LENGTH) return undefined;
	const [, before, behind, digits] = BARE.exec(visible) ?? [];
	if (digits === undefined || (before !== undefined && behind !== undefined)) return undefined;
	const number = numberIn(digits.trim());
	const isNegative = (before ?? behind ?? '+') !== '+';
	return number === undefined ? undefined : isNegative ? -number : number;
}

/** In India the digits above the thousands stand in pairs: `12,34,567.50`. */
const INDIAN = /^\d{1,2}(?:,\d\d)+,\d{3}$/;

function numberIn(digits: string): number | undefined {
	if (/^\d+$/.test(digits)) return Number(digits);
	const marks = digits.replace(/\d/g, '');
	const last = marks.slice(-1);
	const isDecimal = (last === '.' || last === ',') && marks.indexOf(last) === marks.length - 1;
	const at = digits.lastIndexOf(last);
	const whole = isDecimal ? digits.slice(0, at) : digits;
	const fraction = isDecimal ? digits.slice(at + 1) : '';
	const groups = isDecimal ? marks.slice(0, -1) : marks;
	if (isDecimal && fraction === '') return undefined;
	if (groups === '') {
		// `1,234`: a thousand and more, or one and a bit?
		const isUnclear = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
		return isUnclear ? undefined : Number(`${whole}.${fraction}`);
	}
	const [mark = ''] = groups;
	const parts = whole.split(mark);
	const areThousands =
		parts.every((part, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part)) ||
		(fraction !== '' && INDIAN.test(whole));
	return areThousands ? Number(`${parts.join('')}.${fraction || '0'}`) : undefined;
}
