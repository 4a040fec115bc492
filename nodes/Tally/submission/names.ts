/**
 * Gives every question, or row of a matrix, a name of its own, in the order of the form.
 *
 * The first question with a text has that text as its name, whatever else there is; further
 * ones get the next number that is free: `Text`, `Text (2)`, `Text (3)`. Which name a question
 * gets depends on the form alone, never on what was answered, so that an expression that reads
 * an answer by its name reads the same question in every submission.
 *
 * @param texts the trimmed texts, none of them empty
 * @returns a name for each of them, in their order; no two names are alike
 */
export function uniqueNames(texts: readonly string[]): readonly string[] {
	const taken = new Set(texts);
	if (taken.size === texts.length) return texts;
	const lastNumber = new Map<string, number>();
	return texts.map((text) => {
		const last = lastNumber.get(text);
		if (last === undefined) {
			lastNumber.set(text, 1);
			return text;
		}
		let number = last;
		let name: string;
		// No two names with a number are alike: their texts or their numbers differ.
		do {
			number++;
			name = `${text} (${number})`;
		} while (taken.has(name));
		lastNumber.set(text, number);
		return name;
	});
}

/** What people read, or Tally's key where there is nothing to read. */
export function nameOrKey(text: string, key: string): string {
	return text === '' ? key : text;
}
