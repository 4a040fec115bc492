import type { IWebhookFunctions } from 'n8n-workflow';

import { onOneLine, warnOnceAMinute } from '../../../../nodes/Tally/trigger/log';

let made = 0;

/** A trigger of its own, and what it writes. */
function trigger(sealedSecret?: string) {
	const lines: unknown[] = [];
	const id = `workflow-${++made}`;
	const context = {
		getWorkflow: () => ({ id }),
		getNode: () => ({ name: 'Tally Trigger' }),
		getWorkflowStaticData: () => ({ sealedSecret }),
		logger: { warn: (...line: unknown[]) => void lines.push(line) },
	};
	return { context: context as unknown as IWebhookFunctions, lines, id };
}

afterEach(() => jest.restoreAllMocks());

it('is written once a minute, with the number of those left out', () => {
	const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
	const { context, lines, id } = trigger();
	const other = trigger();
	for (let time = 0; time < 1_000; time++) warnOnceAMinute(context, 'Refused.');
	warnOnceAMinute(context, 'Another.');
	warnOnceAMinute(other.context, 'Refused.');
	const where = { workflowId: id, node: 'Tally Trigger' };
	expect(lines).toEqual([
		['Refused.', where],
		['Another.', where],
	]);
	expect(other.lines).toHaveLength(1);
	clock.mockReturnValue(60_999);
	warnOnceAMinute(context, 'Refused.');
	expect(lines).toHaveLength(2);
	clock.mockReturnValue(61_000);
	warnOnceAMinute(context, 'Refused.');
	expect(lines.at(-1)).toEqual(['Refused. Left out since the last such line: 1000.', where]);
	clock.mockReturnValue(121_000);
	warnOnceAMinute(context, 'Refused.');
	expect(lines.at(-1)).toEqual(['Refused.', where]);
});

it('is written again once the wall clock has jumped back', () => {
	const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
	const { context, lines } = trigger();
	warnOnceAMinute(context, 'Refused.');
	jest.spyOn(Date, 'now').mockReturnValue(0);
	clock.mockReturnValue(61_000);
	warnOnceAMinute(context, 'Refused.');
	expect(lines).toHaveLength(2);
});

it.each([
	['a\r\nb', 'a b'],
	['\u001b[31mred', ' [31mred'],
	['one\u2028two\u2029three\u0085four', 'one two three four'],
	['gpj.\u202eexe', 'gpj. exe'],
	['Zoë ✓ 履歴', 'Zoë ✓ 履歴'],
])('%j is %j on one line', (text, line) => {
	expect(onOneLine(text)).toBe(line);
});
