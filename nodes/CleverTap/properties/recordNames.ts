import { shownName } from '../result/shownName';
import { tooLong, type FitOptions } from './fitOptions';
import { cleanName, isStandard, sentName, standardName, uniqueName } from './names';
import { fullNameBytes, NAME_BYTES } from './propertyName';
import { byteLength, fits } from './shorten';

export interface Names {
	/** The name by which a value is judged. */
	wanted(original: string): string;
	/** Whether a property can't go out, since another one has its name. */
	isTaken(original: string, wanted: string): boolean;
	/** The name under which the value goes out. @throws ItemError if it is too long and to be refused */
	final(original: string, wanted: string): string;
}

type IsName = (name: string) => boolean;

/**
 * Which names the properties of one record get.
 *
 * @param isThere whether a property with a value has this very name in the workflow
 * @param isUsed whether a property goes out under this name already
 */
export function recordNames(isThere: IsName, isUsed: IsName, options: FitOptions): Names {
	return options.rules === 1 ? numberedNames(isThere, isUsed, options) : ownNames(isThere, isUsed, options);
}

/** Names by the rules of version 2: each of its text alone. Of several that mean the same, one goes out. */
function ownNames(isThere: IsName, isUsed: IsName, options: FitOptions): Names {
	const { target, matchStandardProperties, onTooLong } = options;
	const wanted = (text: string) => sentName(text, target, matchStandardProperties);
	return {
		wanted,
		// Who has the very name goes out, whoever else would end up there.
		isTaken: (original, name) => isUsed(name) || (name !== original && isThere(name) && wanted(name) === name),
		final: (original, name) => {
			if (onTooLong === 'refuse' && name !== original) refuseCut(original, target);
			return name;
		},
	};
}

function refuseCut(original: string, target: FitOptions['target']): void {
	const bytes = fullNameBytes(original, target);
	if (bytes > NAME_BYTES) throw tooLong(`The name of "${shownName(original)}"`, bytes, NAME_BYTES);
}

/** Names by the rules of version 1: without forbidden characters, and with a number where they would become one. */
function numberedNames(isThere: IsName, isUsed: IsName, options: FitOptions): Names {
	const { target, onTooLong } = options;
	const isKept = (name: string) => isThere(name) && (isStandard(name) || cleanName(name, target) === name);
	const isNotFree = (name: string) => isKept(name) || isUsed(name);
	const numbers = new Map<string, number>();
	return {
		wanted: (original) => cleanedName(original, options, isNotFree),
		isTaken: () => false,
		final: (original, wanted) => {
			if (onTooLong === 'refuse' && !fits(wanted, NAME_BYTES)) {
				throw tooLong(`The name of "${shownName(original)}"`, byteLength(wanted), NAME_BYTES);
			}
			return uniqueName(wanted, (name) => isUsed(name) || (name !== original && isKept(name)), numbers);
		},
	};
}

/** CleverTap's own spelling, or the name without forbidden characters. */
function cleanedName(original: string, options: FitOptions, isTaken: IsName): string {
	const { target, matchStandardProperties } = options;
	if (target === 'profile') {
		if (isStandard(original)) return original;
		const standard = matchStandardProperties ? standardName(original) : undefined;
		if (standard !== undefined && !isTaken(standard)) return standard;
	}
	return cleanName(original, target);
}
