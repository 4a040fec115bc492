import type { Account } from './account';
import type { Form } from './form';
import { isAnswered } from './submissions';
import type { Route } from './route';
import { existingForm } from './route';

/** Figures of a form: every submission counts as one visit, on the day on which it was sent. */
export function analyticsRoutes(route: Route): void {
	const root = '/forms/:formId/analytics';
	const count = (account: Account, { id }: Form): number => account.submissionsOf(id).length;

	route('GET', `${root}/metrics`, ({ account, params }) => {
		const sent = count(account, existingForm(account, params));
		return {
			status: 200,
			body: {
				visits: sent,
				visitDuration: 30,
				submissions: sent,
				uniqueRespondents: sent,
				totalViews: sent,
				starts: sent,
				completions: sent,
				completionDuration: 25,
				completionRate: sent === 0 ? 0 : 100,
			},
		};
	});

	route('GET', `${root}/visits`, ({ account, params }) => ({
		status: 200,
		body: { data: byDay(account, existingForm(account, params), 'totalVisits') },
	}));

	route('GET', `${root}/submissions`, ({ account, params }) => ({
		status: 200,
		body: { data: byDay(account, existingForm(account, params), 'totalSubmissions') },
	}));

	route('GET', `${root}/dimensions`, ({ account, params }) => {
		const sent = count(account, existingForm(account, params));
		return {
			status: 200,
			body: {
				source: { direct: sent },
				browser: { Chrome: sent },
				os: { Linux: sent },
				device: { desktop: sent },
				country: { BE: sent },
				city: { Ghent: sent },
			},
		};
	});

	route('GET', `${root}/drop-off`, ({ account, params }) => {
		const form = existingForm(account, params);
		const sent = account.submissionsOf(form.id);
		// Without a visit there is nothing to tell.
		if (sent.length === 0) return { status: 200, body: null };
		const stats = {
			totalVisitors: sent.length,
			formStarts: sent.length,
			formCompletes: sent.length,
			completionRate: 100,
			completionTimeInSeconds: 25,
			visitDurationInSeconds: 30,
		};
		const data = form.questions.map(({ id, groupUuid, title, type }) => {
			const answers = sent.filter((submission) => isAnswered(submission.answers.get(id))).length;
			return {
				blockGroupUuid: groupUuid,
				title: title === '' ? null : title,
				type,
				views: sent.length,
				answers,
				startedViews: sent.length,
				drops: 0,
				answerRate: (100 * answers) / sent.length,
			};
		});
		return { status: 200, body: { stats, dataAvailableSince: form.createdAt, data } };
	});
}

function byDay(account: Account, { id }: Form, name: string): Record<string, Record<string, number>> {
	const days = new Map<string, number>();
	for (const { submittedAt } of account.submissionsOf(id)) {
		const day = submittedAt.slice(0, 10);
		days.set(day, (days.get(day) ?? 0) + 1);
	}
	return Object.fromEntries([...days].map(([day, sent]) => [day, { [name]: sent }]));
}
