/** The least that a trigger of somebody else's package can do: it hands on what arrives. */
exports.PlainTrigger = class PlainTrigger {
	description = {
		displayName: 'Plain Trigger',
		name: 'plainTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow with what arrives',
		defaults: { name: 'Plain Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', path: 'webhook', responseMode: 'lastNode', responseData: 'noData' },
		],
		properties: [],
	};

	async webhook() {
		return { workflowData: [[{ json: { body: this.getBodyData() } }]] };
	}
};
