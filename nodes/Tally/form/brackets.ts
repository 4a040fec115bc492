/**
 * Splits a text before the bracket that its last character closes, where a blank stands before it.
 *
 *     'Topics (Fit (and finish))', '()' → {before: 'Topics', inside: 'Fit (and finish)'}
 *
 * @param signs the opening and the closing bracket
 * @returns `undefined` if the text does not end so
 */
export function splitAtLastBracket(text: string, signs: '()' | '[]'): { before: string; inside: string } | undefined {
	const [opening, closing] = signs;
	if (!text.endsWith(closing as string)) return undefined;
	let open = 0;
	for (let index = text.length - 1; index > 0; index--) {
		if (text[index] === closing) open++;
		if (text[index] === opening) open--;
		if (open > 0) continue;
		return text[index - 1] === ' '
			? { before: text.slice(0, index - 1), inside: text.slice(index + 1, -1) }
			: undefined;
	}
	return undefined;
}
