import { blocksOf } from './blocks';
import { formOfBlocks, nameIn } from './blockForms';
import { notFound } from './errors';
import type { Block, FormStatus } from './form';
import { entityId } from './ids';
import { firstWorkspaceId } from './organization';
import { restForm } from './restForm';
import type { Route } from './route';
import { existingForm, needsPro } from './route';

interface GivenForm {
	name?: string;
	status?: FormStatus;
	blocks?: Block[];
	settings?: Record<string, unknown>;
	workspaceId?: string;
	folderId?: string;
}

/** Making, changing and trashing forms; their blocks; the titles of questions. */
export function formRoutes(route: Route, retitled: (formId: string, questionId: string) => unknown): void {
	route('POST', '/forms', ({ account, body }) => {
		const { status = 'DRAFT', blocks = [], settings, workspaceId, folderId } = body as GivenForm;
		if (workspaceId !== undefined && !account.workspaces.some(({ id }) => id === workspaceId)) {
			throw notFound('Workspace');
		}
		const form = {
			...formOfBlocks(entityId(), blocks),
			status,
			settings,
			workspaceId: workspaceId ?? firstWorkspaceId,
			folderId,
		};
		account.forms.push(form);
		account.changed();
		return { status: 201, body: restForm(form, account) };
	});

	route('PATCH', '/forms/:formId', ({ account, params, body }) => {
		const form = existingForm(account, params);
		const { name, status, blocks, settings } = body as GivenForm;
		if (blocks !== undefined) Object.assign(form, formOfBlocks(form.id, blocks, form.status));
		form.name = name ?? (blocks === undefined ? form.name : nameIn(blocks));
		form.status = status ?? form.status;
		form.settings = { ...form.settings, ...settings };
		form.updatedAt = account.now().toISOString();
		account.changed();
		return { status: 200, body: restForm(form, account) };
	});

	route('DELETE', '/forms/:formId', ({ account, params }) => {
		account.trashForm(existingForm(account, params).id);
		return { status: 204 };
	});

	route('GET', '/forms/:formId/blocks', ({ account, params }) => {
		const form = existingForm(account, params);
		needsPro(account);
		return { status: 200, body: { id: form.id, name: form.name, blocks: blocksOf(form) } };
	});

	route('PATCH', '/forms/:formId/blocks', ({ account, params, body }) => {
		const form = existingForm(account, params);
		needsPro(account);
		Object.assign(form, formOfBlocks(form.id, (body as GivenForm).blocks ?? [], form.status));
		account.changed();
		return { status: 200, body: { id: form.id, name: form.name, blocks: blocksOf(form) } };
	});

	route('PATCH', '/forms/:formId/questions/:questionId', ({ account, params, body }) => {
		const form = existingForm(account, params);
		const question = form.questions.find(({ id }) => id === params.questionId);
		if (!question) throw notFound('Question');
		needsPro(account);
		question.title = (body as { title?: string }).title ?? question.title;
		account.changed();
		return { status: 200, body: retitled(form.id, question.id) };
	});
}
