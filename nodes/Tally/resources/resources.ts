import type { Resource } from '../../shared/operation';
import { get as getAccount } from './account/get';
import { getAll as getAllBlocks } from './block/getAll';
import { update as updateBlocks } from './block/update';
import { create as createFolder } from './folder/create';
import { deleteFolder } from './folder/delete';
import { getAll as getAllFolders } from './folder/getAll';
import { update as updateFolder } from './folder/update';
import { create as createForm } from './form/create';
import { deleteForm } from './form/delete';
import { get as getForm } from './form/get';
import { getAll as getAllForms } from './form/getAll';
import { getEmbedCode } from './form/getEmbedCode';
import { update as updateForm } from './form/update';
import { dimensions } from './formAnalytics/dimensions';
import { dropOff } from './formAnalytics/dropOff';
import { metrics } from './formAnalytics/metrics';
import { submissions } from './formAnalytics/submissions';
import { visits } from './formAnalytics/visits';
import { create as createInvite } from './invite/create';
import { deleteInvite } from './invite/delete';
import { getAll as getAllInvites } from './invite/getAll';
import { deleteUser } from './organizationUser/delete';
import { getAll as getAllUsers } from './organizationUser/getAll';
import { getAll as getAllQuestions } from './question/getAll';
import { update as updateQuestion } from './question/update';
import { deleteSubmission } from './submission/delete';
import { get as getSubmission } from './submission/get';
import { getAll as getAllSubmissions } from './submission/getAll';
import { create as createWebhook } from './webhook/create';
import { deleteWebhook } from './webhook/delete';
import { getAll as getAllWebhooks } from './webhook/getAll';
import { getDeliveries } from './webhook/getDeliveries';
import { redeliver } from './webhook/redeliver';
import { update as updateWebhook } from './webhook/update';
import { create as createWorkspace } from './workspace/create';
import { deleteWorkspace } from './workspace/delete';
import { get as getWorkspace } from './workspace/get';
import { getAll as getAllWorkspaces } from './workspace/getAll';
import { update as updateWorkspace } from './workspace/update';

/** Everything the node can do; its description and its dispatch both come from here. */
export const resources: readonly Resource[] = [
	{
		value: 'account',
		name: 'Account',
		description: 'The person to whom the API key belongs, with organization and plan',
		first: getAccount,
		operations: [getAccount],
	},
	{
		value: 'folder',
		name: 'Folder',
		description: 'A group of forms within a workspace. Needs Tally Pro.',
		first: getAllFolders,
		operations: [createFolder, deleteFolder, getAllFolders, updateFolder],
	},
	{
		value: 'form',
		name: 'Form',
		description: 'What people fill in, with its title, status, settings and blocks',
		first: getAllForms,
		operations: [createForm, deleteForm, getForm, getEmbedCode, getAllForms, updateForm],
	},
	{
		value: 'formAnalytics',
		name: 'Form Analytics',
		description: 'Visits, submissions and drop-off of a form, as Tally counts them',
		first: metrics,
		operations: [dimensions, dropOff, metrics, submissions, visits],
	},
	{
		value: 'block',
		name: 'Form Block',
		description: 'What a form is built of: questions, texts, pages. Needs Tally Pro.',
		first: getAllBlocks,
		operations: [getAllBlocks, updateBlocks],
	},
	{
		value: 'invite',
		name: 'Invite',
		description: 'An invitation to workspaces that is still open',
		first: getAllInvites,
		operations: [createInvite, deleteInvite, getAllInvites],
	},
	{
		value: 'organizationUser',
		name: 'Organization User',
		description: 'A person who belongs to the organization',
		first: getAllUsers,
		operations: [deleteUser, getAllUsers],
	},
	{
		value: 'question',
		name: 'Question',
		description: 'What a form asks, with its options, rows and columns',
		first: getAllQuestions,
		operations: [getAllQuestions, updateQuestion],
	},
	{
		value: 'submission',
		name: 'Submission',
		description: 'What somebody filled in, in the shape of the Tally Trigger',
		first: getAllSubmissions,
		operations: [deleteSubmission, getSubmission, getAllSubmissions],
	},
	{
		value: 'webhook',
		name: 'Webhook',
		description: 'An address to which Tally sends submissions, and its log of deliveries',
		first: getAllWebhooks,
		operations: [createWebhook, deleteWebhook, getDeliveries, getAllWebhooks, redeliver, updateWebhook],
	},
	{
		value: 'workspace',
		name: 'Workspace',
		description: 'Where forms and folders are kept, with its members',
		first: getAllWorkspaces,
		operations: [createWorkspace, deleteWorkspace, getWorkspace, getAllWorkspaces, updateWorkspace],
	},
];
