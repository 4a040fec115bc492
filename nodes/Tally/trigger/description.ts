import { NodeConnectionTypes, type INodeTypeBaseDescription, type INodeTypeDescription } from 'n8n-workflow';

import { PATHS } from './webhooks';

/** What all versions have in common, beside the node's own description. */
export const commonDescription: Omit<
	INodeTypeDescription,
	keyof INodeTypeBaseDescription | 'properties' | 'version' | 'webhooks'
> = {
	eventTriggerDescription: 'Open the form as a respondent would, fill it in and submit it',
	activationMessage: 'From now on every submission of the form starts this workflow.',
	defaults: { name: 'Tally Trigger' },
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'tallyAccountApi', required: true }],
};

/**
 * An address for each way to acknowledge; Tally is told that of the chosen one. To find the way in the options, n8n
 * would make an isolate for expressions at every delivery. Nobody has to copy them, and Tally keeps the answers in its
 * delivery log: nothing of the run may be in them.
 *
 * @param status of the answer to what was taken. n8n's type says text, but a text makes it answer with an error.
 */
export function webhooksWith(status?: number): INodeTypeDescription['webhooks'] {
	const answer = status === undefined ? {} : { responseCode: status as unknown as string };
	return [
		{
			name: 'default',
			httpMethod: 'POST',
			path: PATHS.default,
			ndvHideUrl: true,
			responseMode: 'onReceived',
			responseData: 'noData',
			...answer,
		},
		{
			// The only other name that n8n knows.
			name: 'setup',
			httpMethod: 'POST',
			path: PATHS.setup,
			ndvHideUrl: true,
			responseMode: 'lastNode',
			responseData: 'noData',
			...answer,
		},
	];
}

/**
 * What the editor shows beside a trigger that has not run.
 *
 * @param reach what it takes to run for every submission
 */
export function triggerPanelWith(reach: string): INodeTypeDescription['triggerPanel'] {
	return {
		header: 'Try it with the newest submission',
		executionsHelp: {
			inactive: `<b>To try it out</b>, click the button: the newest submission of the form appears here. If there is none yet, fill in the published form and send it; a draft or a preview sends nothing.<br /><br /><b>To run it for every submission</b>, publish the workflow.<br /><br />${reach}`,
			active:
				'<b>To try it out</b>, click the button: the newest submission of the form appears here. A form that you fill in meanwhile runs the published workflow too.<br /><br /><b>Every submission</b> starts the published workflow. Those runs are not shown here but in the <a data-key="executions">executions list</a>.',
		},
		activationHint:
			'Is there no submission yet? Click the button, then fill in the form and send it. Once the workflow is published, every submission starts it without this button.',
	};
}
