/**
 * An answer of the REST API that is not a success, in Tally's shape: JSON, or plain text for a bad
 * key.
 */
export class TallyRefusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly errorType: string,
		readonly problems: string[] = [],
	) {
		super(message);
	}

	/** The JSON body; every member of it is optional at the real service. */
	body(): {
		message: string;
		errorType: string;
		errors: Array<{ errorType: string; msg: string }>;
	} {
		const { message, errorType, problems } = this;
		return { message, errorType, errors: problems.map((msg) => ({ errorType, msg })) };
	}
}

export const notFound = (what: string): TallyRefusal => new TallyRefusal(404, `${what} not found`, 'NOT_FOUND');

export const invalid = (problems: string[]): TallyRefusal =>
	new TallyRefusal(400, 'Validation failed', 'VALIDATION', problems);

export const tooMany = (): TallyRefusal => new TallyRefusal(429, 'Too many requests', 'RATE_LIMIT');
