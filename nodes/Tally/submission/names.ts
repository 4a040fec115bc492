/**
 * Gives every question, or row of a matrix, a name of its own, in the order of the form.
 *
 * The first question with a text has that text as its name, whatever else there is; further
 * ones get the next number that is free: `Text`, `Text (2)`, `Text (3)`. Which name a question
 * gets depends on the form alone, never on what was answered, so that an expression that reads
 * an answer by its name reads the same question in every submission.
 *
 * @param textOf the trimmed text of an item; never empty
 * @returns every item after its name; no two names are alike
 */
export function withUniqueNames<T>(items: readonly T[], textOf: (item: T) => string): Array<[name: string, item: T]> {
	const named = items.map((item): [name: string, item: T] => [textOf(item), item]);
	const taken = new Set<string>();
	for (const [text] of named) taken.add(text);
	if (taken.size === items.length) return named;
	const lastNumber = new Map<string, number>();
	return named.map(([text, item]) => {
		const last = lastNumber.get(text);
		if (last === undefined) {
			lastNumber.set(text, 1);
			return [text, item];
		}
		let number = last;
		let name: string;
		do {
			number++;
			name = `${text} (${number})`;
		} while (taken.has(name));
		taken.add(name);
		lastNumber.set(text, number);
		return [name, item];
	});
}

/** What people read, or Tally's key where there is nothing to read. */
export function nameOrKey(text: string, key: string): string {
	return text === '' ? key : text;
}
