import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';

import { CleverTap } from '../../../../nodes/CleverTap/CleverTap.node';
import { fakeNode } from '../../../support/fakeNode';
import { seeded, timeoutMs } from '../../../support/fuzz';

// Waiting is told elsewhere.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: () => Promise.resolve(),
}));

/** What becomes of one request: whether its users get the message, and what the node hears of it. */
const FATES = {
	sent: { reaches: true, isUnknown: false, status: 200, body: { status: 'success', message: 'Added to queue' } },
	refused: { reaches: false, isUnknown: false, status: 200, body: { status: 'fail', code: 400, error: 'No' } },
	unreadable: { reaches: false, isUnknown: false, status: 400, body: { status: 'fail', code: 400, error: 'No' } },
	credential: { reaches: false, isUnknown: false, status: 401, body: { status: 'fail', code: 401, error: 'No' } },
	busy: { reaches: false, isUnknown: false, status: 429, body: { status: 'fail', code: 429, error: 'Busy' } },
	busyInBody: { reaches: false, isUnknown: false, status: 200, body: { status: 'fail', code: 429, error: 'Busy' } },
	unsent: { reaches: false, isUnknown: false, error: 'ECONNREFUSED' },
	lost: { reaches: true, isUnknown: true, error: 'ECONNRESET' },
	dropped: { reaches: false, isUnknown: true, error: 'ETIMEDOUT' },
	gatewayAfter: { reaches: true, isUnknown: true, status: 503, body: '<html>' },
	gatewayBefore: { reaches: false, isUnknown: true, status: 502, body: '<html>' },
	trouble: { reaches: true, isUnknown: true, status: 500, body: { status: 'fail', code: 500, error: 'Trouble' } },
	empty: { reaches: true, isUnknown: true, status: 200, body: '' },
	partial: { reaches: true, isUnknown: true, status: 200, body: { status: 'partial' } },
} as const;
type Fate = keyof typeof FATES;

interface Item {
	readonly user: string;
	readonly rating: number;
}
interface Request {
	readonly messages: readonly string[];
	readonly fate: Fate;
}

/** An operation that reaches people, and what of it reaches whom. */
interface Reaching {
	readonly parameters: (items: readonly Item[]) => Readonly<Record<string, unknown>>;
	/** What an item is to bring about, once, however many items ask for the same. */
	readonly messageOf: (item: Item, index: number) => string;
	/** What a request brings about. */
	readonly messagesIn: (body: unknown) => readonly string[];
}

const REACHING: Readonly<Record<string, Reaching>> = {
	'campaign: trigger': {
		parameters: (items) => ({
			campaign: '1695721550',
			identifier: (item: number) => items[item]?.user,
			valuesMode: 'json',
			valuesJson: (item: number) => ({ rating: items[item]?.rating }),
		}),
		messageOf: ({ user, rating }) => `${user} ${JSON.stringify({ rating: String(rating) })}`,
		messagesIn: (body) => {
			const { to, ExternalTrigger } = body as { to: { identity: string[] }; ExternalTrigger: object };
			return to.identity.map((id) => `${id} ${JSON.stringify(ExternalTrigger)}`);
		},
	},
	'campaign: create': {
		parameters: (items) => ({
			campaignName: (item: number) => `${items[item]?.user} ${item}`,
			channel: 'sms',
			audience: 'all',
			when: 'now',
			contentMode: 'fields',
			message: 'Hello',
		}),
		messageOf: ({ user }, index) => `${user} ${index}`,
		messagesIn: (body) => [(body as { name: string }).name],
	},
	'segment: addProfiles': {
		parameters: (items) => ({ segment: '17', identifier: (item: number) => items[item]?.user }),
		messageOf: ({ user }) => user,
		messagesIn: (body) =>
			(body as { bulk_profiles: Array<{ user_profiles: Array<{ identity: string }> }> }).bulk_profiles.flatMap(
				({ user_profiles: users }) => users.map(({ identity }) => identity),
			),
	},
};

/** CleverTap, and n8n that runs the node as often as it is told while an item fails. */
async function play(name: string, items: readonly Item[], fates: readonly Fate[], tries: number) {
	const { parameters, messagesIn } = REACHING[name] as Reaching;
	const [resource, operation] = name.split(': ');
	const requests: Request[] = [];
	const json = items.map((item) => ({ ...item }));
	const round = {};
	const base = fakeNode({
		items: json,
		typeVersion: 2,
		onError: 'continueRegularOutput',
		parameters: { resource, operation, ...parameters(items) },
	});
	const input = base.getInputData();
	const context = {
		...base,
		getInputData: () => input,
		getExecuteData: () => round,
		getNode: () => ({ ...base.getNode(), retryOnFail: true }),
		getCredentials: () => Promise.resolve({ accountId: 'TEST-1', passcode: 'open sesame', region: 'in1' }),
		helpers: {
			httpRequestWithAuthentication: (_type: string, { body }: { body: Buffer }) => {
				const fate = fates[requests.length % fates.length] ?? 'sent';
				requests.push({ messages: messagesIn(JSON.parse(String(body))), fate });
				const met = FATES[fate];
				if ('error' in met) return Promise.reject(Object.assign(new Error(met.error), { code: met.error }));
				return Promise.resolve({ statusCode: met.status, headers: {}, body: met.body });
			},
		},
	} as unknown as IExecuteFunctions;
	const outcomes: Array<string | undefined> = [];
	for (let attempt = 0; attempt < tries; attempt++) {
		const [output = []] = await new CleverTap().execute.call(context);
		output.forEach(({ json: { status, details } }, item) => {
			const said = (details as { status?: unknown } | undefined)?.status ?? status;
			outcomes[item] = typeof said === 'string' ? said : undefined;
		});
		if (outcomes.every((status) => status === 'accepted')) break;
	}
	return { requests, outcomes };
}

it.each(Object.keys(REACHING))(
	'%s asks once for what may have reached somebody, in every try, and says of each item what is known',
	async (name) => {
		const { messageOf } = REACHING[name] as Reaching;
		const item = fc.record({ user: fc.constantFrom('ada', 'bob', 'cleo'), rating: fc.nat(1) });
		const seen = new Set<string>();
		await fc.assert(
			fc.asyncProperty(
				fc.array(item, { minLength: 1, maxLength: 6 }),
				fc.array(fc.constantFrom(...(Object.keys(FATES) as Fate[])), { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 1, max: 3 }),
				async (items, fates, tries) => {
					const { requests, outcomes } = await play(name, items, fates, tries);
					items.forEach((each, index) => {
						const mine = requests.filter(({ messages }) => messages.includes(messageOf(each, index)));
						const isOver = ({ fate }: Request) => FATES[fate].reaches || FATES[fate].isUnknown;
						// Nothing goes out after what may have reached the user.
						expect(mine.filter(isOver).length).toBeLessThanOrEqual(1);
						expect(mine.slice(0, -1).some(isOver)).toBe(false);
						for (const { messages } of mine) expect(new Set(messages).size).toBe(messages.length);
						const last = mine.at(-1)?.fate;
						const outcome = outcomes[index];
						seen.add(outcome ?? '');
						if (last !== undefined && FATES[last].isUnknown) expect(outcome).toBe('unknown');
						else expect(outcome).toBe(last === 'sent' ? 'accepted' : 'refused');
					});
				},
			),
			seeded(400),
		);
		expect([...seen].sort()).toEqual(['accepted', 'refused', 'unknown']);
	},
	timeoutMs(400),
);
