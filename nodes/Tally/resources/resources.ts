import type { Resource } from '../operation';
import { deleteSubmission } from './submission/delete';
import { get as getSubmission } from './submission/get';
import { getAll as getAllSubmissions } from './submission/getAll';

/** Everything the node can do; its description and its dispatch both come from here. */
export const resources: readonly Resource[] = [
	{
		value: 'submission',
		name: 'Submission',
		first: getAllSubmissions,
		operations: [deleteSubmission, getSubmission, getAllSubmissions],
	},
];
