/** What IDs of Tally look like: letters and digits, and hyphens where they are UUIDs. */
const ID = /^[A-Za-z0-9_-]+$/;

/** Whether the value is an ID that can stand in a path; anything else might lead it elsewhere. */
export function isId(value: unknown): value is string {
	return typeof value === 'string' && ID.test(value);
}
