import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { valueAt } from '../../sandbox/n8n-json';

type KickOffType = 'text' | 'email' | 'textarea' | 'radio';

interface KickOffField {
	id: string;
	alias: string;
	label: string;
	field_type: KickOffType;
	required: boolean;
}

/** A process as it was launched; `prerun` by the label of the field. */
export interface LaunchedProcess {
	name: unknown;
	prerun: Record<string, unknown>;
}

/** As much of Tallyfy as launching a process takes: one organization with one template. */
export interface LocalTallyfy {
	/** In place of `https://go.tallyfy.com/api`. */
	readonly url: string;
	readonly token: string;
	readonly organizationId: string;
	readonly templateId: string;
	processes(): readonly LaunchedProcess[];
	/** What Tallyfy would have refused or dropped, one line each. */
	complaints(): readonly string[];
	close(): Promise<void>;
}

const longest: Record<KickOffType, number> = { text: 200, email: 200, textarea: 30_000, radio: 200 };

function hexId(number: number): string {
	return number.toString(16).padStart(32, 'f');
}

function fields(): KickOffField[] {
	const types: Array<[label: string, type: KickOffType, required: boolean]> = [
		['Customer name', 'text', true],
		['Customer email', 'email', true],
		['Rating', 'radio', false],
		['Comment', 'textarea', false],
		['Account manager', 'text', false],
	];
	return types.map(([label, field_type, required], index) => {
		const id = hexId(index + 1);
		return { id, alias: `field-${index + 1}`, label, field_type, required };
	});
}

/** Tallyfy's rules are those of its documentation on open API headers and on launching a process. */
export async function startTallyfy(): Promise<LocalTallyfy> {
	const token = 'tallyfy-sandbox-token';
	const organizationId = hexId(0xa);
	const templateId = hexId(0xb);
	const prerun = fields();
	const processes: LaunchedProcess[] = [];
	const complaints: string[] = [];

	const app = Fastify({ forceCloseConnections: true });
	app.addHook('onRequest', async (request, reply) => {
		const { authorization, accept } = request.headers;
		if (accept !== 'application/json') complaints.push(`${request.method} ${request.url}: "Accept" is not JSON`);
		if (authorization === `Bearer ${token}` && request.headers['x-tallyfy-client'] === 'APIClient') return;
		complaints.push(`${request.method} ${request.url}: the token or X-Tallyfy-Client is missing or wrong`);
		await reply.code(401).send({ error: true, message: 'Unauthenticated.' });
	});
	app.setNotFoundHandler(async (request, reply) => {
		complaints.push(`${request.method} ${request.url}: API endpoint not found`);
		const body = { error: true, message: 'API endpoint not found', code: 'ENDPOINT_NOT_FOUND' };
		return await reply.code(404).send(body);
	});

	const organization = `/api/organizations/${organizationId}`;
	app.get(`${organization}/checklists/${templateId}`, () => ({
		data: { id: templateId, title: 'Answer feedback', prerun },
	}));
	app.post(`${organization}/runs`, async (request, reply) => {
		const { body } = request;
		const name = valueAt(body, ['name']);
		const given = Object.entries(valueAt(body, ['prerun']) ?? {}) as Array<[string, unknown]>;
		const errors = Object.fromEntries(problems(body, templateId, prerun));
		if (Object.keys(errors).length > 0) {
			complaints.push(...Object.entries(errors).map(([field, words]) => `${field}: ${words.join(', ')}`));
			return await reply.code(422).send({ error: true, errors });
		}
		const labels = new Map(prerun.map(({ id, label }) => [id, label]));
		// Other keys than ids are dropped without a word, and it is 201 all the same.
		const dropped = given.filter(([id]) => !labels.has(id));
		complaints.push(...dropped.map(([id]) => `The key "${id}" is no kick-off field's ID`));
		const kept = given.flatMap(([id, value]) => (labels.has(id) ? [[labels.get(id), value]] : []));
		processes.push({ name, prerun: Object.fromEntries(kept) as Record<string, unknown> });
		const id = hexId(0x100 + processes.length);
		return await reply.code(201).send({ data: { id, name, checklist_id: templateId, status: 'active' } });
	});

	await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api`,
		token,
		organizationId,
		templateId,
		processes: () => processes,
		complaints: () => complaints,
		close: async () => await app.close(),
	};
}

function problems(body: unknown, templateId: string, prerun: KickOffField[]): Array<[string, string[]]> {
	const name = valueAt(body, ['name']);
	const ofFields = prerun.flatMap(({ id, label, field_type, required }): Array<[string, string[]]> => {
		const value = valueAt(body, ['prerun', id]);
		if (value === undefined) return required ? [[id, [`${label} is required`]]] : [];
		const fits = typeof value === 'string' && value.length <= longest[field_type];
		return fits ? [] : [[id, [`${label} takes a text of at most ${longest[field_type]} characters`]]];
	});
	return [
		...(valueAt(body, ['checklist_id']) === templateId ? [] : [['checklist_id', ['Not found']] as [string, string[]]]),
		...(name === undefined || (typeof name === 'string' && name.length <= 550)
			? []
			: [['name', ['At most 550 characters']] as [string, string[]]]),
		...ofFields,
	];
}
