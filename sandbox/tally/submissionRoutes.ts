import type { Account } from './account';
import { notFound } from './errors';
import type { Form } from './form';
import { inOrder } from './habits';
import { pageOf } from './paging';
import { restQuestions } from './questions';
import type { Route } from './route';
import { existingForm } from './route';
import { restSubmission } from './submissions';

/** Lists, shows and deletes submissions. */
export function submissionRoutes(route: Route): void {
	route('GET', '/forms/:formId/submissions', ({ account, params, query }) => {
		const form = existingForm(account, params);
		const all = account.submissionsOf(form.id);
		const completed = all.filter(({ isCompleted }) => isCompleted);
		const partial = all.filter(({ isCompleted }) => !isCompleted);
		const filtered = { all, completed, partial }[query.filter ?? 'all'] ?? all;
		const { startDate, endDate, afterId } = query;
		const { afterIdIsInclusive, orderOfSubmissions } = account.habits;
		const after = afterId === undefined ? -1 : filtered.findIndex(({ id }) => id === afterId);
		const matching = filtered
			.slice(after === -1 ? 0 : afterIdIsInclusive ? after : after + 1)
			.filter(
				({ submittedAt }) =>
					(startDate === undefined || Date.parse(submittedAt) >= Date.parse(startDate)) &&
					(endDate === undefined || Date.parse(submittedAt) <= Date.parse(endDate)),
			);
		const { items, page, limit, hasMore } = pageOf(inOrder(matching, orderOfSubmissions), query, 50);
		return {
			status: 200,
			body: {
				page,
				limit,
				hasMore,
				totalNumberOfSubmissionsPerFilter: {
					all: all.length,
					completed: completed.length,
					partial: partial.length,
				},
				questions: questionsOf(form, account),
				submissions: items.map((item) => restSubmission(form, item, account.linksOf(item), account.habits)),
			},
		};
	});

	route('GET', '/forms/:formId/submissions/:submissionId', ({ account, params }) => {
		const form = existingForm(account, params);
		const found = account.submissionsOf(form.id).find(({ id }) => id === params.submissionId);
		if (!found) throw notFound('Submission');
		return {
			status: 200,
			body: {
				questions: questionsOf(form, account),
				submission: restSubmission(form, found, account.linksOf(found), account.habits),
			},
		};
	});

	route('DELETE', '/forms/:formId/submissions/:submissionId', ({ account, params }) => {
		const form = existingForm(account, params);
		if (!account.removeSubmission(form.id, params.submissionId ?? '')) throw notFound('Submission');
		return { status: 204 };
	});
}

/** The questions of a form as the REST API lists them, each with how often it was answered. */
export function questionsOf(form: Form, account: Account) {
	return restQuestions(form, (questionId) => account.numberOfResponses(form.id, questionId));
}
