import type { Acknowledge } from './plan';

/** The event of a submission. */
export const submittedEvent = 'Feedback Given';
/** The event of a bulk upload. */
export const importedEvent = 'Contact Imported';
/** How many submissions a workflow reads that polls. */
export const READ_LIMIT = 100;
/** Where a workflow is called to do a job. */
export const jobPaths = { read: 'soak-read', bulk: 'soak-bulk' } as const;

/** What the workflows of both n8n need to know. */
export interface Surroundings {
	/** Ids of the forms whose submissions are acknowledged when received, or when finished. */
	readonly forms: Readonly<Record<Acknowledge, string>>;
	/** Where a workflow tells what became of a submission. */
	readonly reportsUrl: string;
	/** Where a workflow tells what became of a job. */
	readonly jobsUrl: string;
}
