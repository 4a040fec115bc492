import type { FastifyInstance, FastifyReply } from 'fastify';
import { page } from '../../html';
import { sendLive, serveAsset, serveLook } from '../../pageServer';
import type { Account } from '../account';
import { deliveriesTable } from './deliveriesTable';
import { formBody, keepsPartials } from './formBody';
import { filledIn } from './filledIn';
import { overview } from './overview';
import { previewBody } from './previewBody';
import { thanksBody } from './thanksBody';

const service = 'Local Tally';

/** The pages for people: the overview, each form, and what becomes of a submission. */
export function registerPages(app: FastifyInstance, account: Account): void {
	serveLook(app);
	serveAsset(app, 'tally', 'pages', 'form.css');
	serveAsset(app, 'tally', 'pages', 'form.js');
	app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	const watch = (onChange: () => void) => account.watch(onChange);

	app.get('/', async (_request, reply) => {
		const body = overview(account);
		return await reply.type('text/html').send(page({ title: 'Overview', service, body }));
	});

	app.get('/live', (_request, reply) => {
		sendLive(reply, watch, () => overview(account, { isInner: true }));
	});

	// The second is for frames in other pages.
	for (const path of ['/r/:formId', '/embed/:formId']) {
		app.get<FormRoute>(path, async (request, reply) => {
			const form = account.form(request.params.formId);
			if (form?.status !== 'PUBLISHED') return await missing(reply);
			const body = formBody(form, request.query);
			const styles = ['/form.css'];
			const scripts = ['/form.js'];
			return await reply.type('text/html').send(page({ title: form.name, service, styles, scripts, body }));
		});
	}

	app.post<FormRoute>('/r/:formId', async (request, reply) => {
		const form = account.form(request.params.formId);
		if (form?.status !== 'PUBLISHED') return await missing(reply);
		const type = request.headers['content-type'] ?? '';
		if (!Buffer.isBuffer(request.body)) return await reply.code(415).send('Send a form');
		const answers = await filledIn(form, request.body, type).catch(() => undefined);
		if (!answers) return await reply.code(400).send('That is not a filled-in form');
		const { id } = account.submit(form.id, answers, begunIn(request));
		return await reply.redirect(`/r/${form.id}/thanks/${id}`, 303);
	});

	// What a person has filled in so far, as the page sends it while it changes.
	app.post<FormRoute>('/r/:formId/begun', async (request, reply) => {
		const form = account.form(request.params.formId);
		if (form?.status !== 'PUBLISHED' || !keepsPartials(form)) return await missing(reply);
		const type = request.headers['content-type'] ?? '';
		if (!Buffer.isBuffer(request.body)) return await reply.code(415).send('Send a form');
		const answers = await filledIn(form, request.body, type).catch(() => undefined);
		if (!answers) return await reply.code(400).send('That is not a filled-in form');
		const { id } = account.goOn(form.id, answers, begunIn(request));
		return await reply.send({ id });
	});

	app.get<ThanksRoute>('/r/:formId/thanks/:submissionId', async (request, reply) => {
		const found = account.submissionsOf(request.params.formId);
		const submission = found.find(({ id }) => id === request.params.submissionId);
		if (!submission) return await missing(reply);
		const body = thanksBody(account, submission);
		return await reply.type('text/html').send(page({ title: 'Thank you', service, styles: ['/form.css'], body }));
	});

	app.get<ThanksRoute>('/r/:formId/thanks/:submissionId/live', (request, reply) => {
		const { submissionId } = request.params;
		sendLive(reply, watch, () => deliveriesTable(account, { submissionId }));
	});

	app.get<FileRoute>('/private/:name', async (request, reply) => {
		const id = account.links.opens(pathOf(request.url), request.query);
		const file = id === undefined ? undefined : account.files.get(id);
		if (!file) return await missing(reply);
		return await reply
			.type(file.mimeType)
			// Whatever was uploaded must not run as a page of this origin.
			.header('Content-Security-Policy', 'sandbox')
			.header('X-Content-Type-Options', 'nosniff')
			.send(file.content);
	});

	// The real service makes a PDF of the same content; here both links show the page, which prints well.
	for (const path of ['/preview/:submissionId', '/pdf/:submissionId']) {
		app.get<ThanksRoute>(path, async (request, reply) => {
			const id = account.links.opens(pathOf(request.url), request.query);
			const submission = account.submissions.find((kept) => kept.id === id);
			const form = account.forms.find((kept) => kept.id === submission?.formId);
			if (!submission || !form) return await missing(reply);
			const body = previewBody(form, submission);
			return await reply.type('text/html').send(page({ title: form.name, service, body }));
		});
	}
}

type Query = Record<string, string | string[]>;

/** The submission that the page has begun before. */
function begunIn({ query }: { query: Query }): string | undefined {
	return [query.begun ?? []].flat()[0];
}

interface FormRoute {
	Params: { formId: string };
	Querystring: Query;
}

interface ThanksRoute {
	Params: { formId: string; submissionId: string };
	Querystring: Query;
}

interface FileRoute {
	Params: { name: string };
	Querystring: Query;
}

function pathOf(url: string): string {
	return url.split('?')[0] ?? url;
}

async function missing(reply: FastifyReply): Promise<FastifyReply> {
	return await reply.code(404).type('text/plain').send('There is nothing at this address');
}
