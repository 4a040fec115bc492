import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { listAt, textAt, valueAt } from '../../sandbox/n8n-json';

/** A service that speaks OpenAI's chat completions, with a model that does as it is scripted. */
export interface ChatModel {
	/** In place of `https://api.openai.com/v1`. */
	readonly url: string;
	readonly apiKey: string;
	/** The bodies of the requests, oldest first. */
	requests(): readonly unknown[];
	close(): Promise<void>;
}

/**
 * The model calls the first tool that it is offered, and then answers with `answer` of what the tool gave.
 */
export async function startChatModel(answer: (toolResult: unknown) => string): Promise<ChatModel> {
	const apiKey = 'sk-sandbox';
	const requests: unknown[] = [];
	const app = Fastify({ forceCloseConnections: true });
	app.post('/v1/chat/completions', async (request, reply) => {
		const refuse = async (status: number, message: string) => await reply.code(status).send({ error: { message } });
		if (request.headers.authorization !== `Bearer ${apiKey}`) return await refuse(401, 'Incorrect API key provided');
		const { body } = request;
		if (valueAt(body, ['stream']) === true) return await refuse(400, 'This model does not stream');
		requests.push(body);
		const last = listAt(body, ['messages']).at(-1);
		const message =
			valueAt(last, ['role']) === 'tool'
				? { role: 'assistant', content: answer(JSON.parse(textAt(last, ['content']))) }
				: { role: 'assistant', content: null, tool_calls: [callOf(textAt(body, ['tools', 0, 'function', 'name']))] };
		return {
			id: `chatcmpl-${requests.length}`,
			object: 'chat.completion',
			created: 0,
			model: valueAt(body, ['model']),
			choices: [{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1`,
		apiKey,
		requests: () => requests,
		close: async () => await app.close(),
	};
}

function callOf(name: string): object {
	return { id: 'call_1', type: 'function', function: { name, arguments: '{}' } };
}
