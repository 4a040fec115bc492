/*
 * The rules of the house (docs/architecture.md): what may import what. `npm run lint` checks them.
 *
 * Each half lists its rooms from the ground up; a room imports itself and what stands below it.
 */
const floors = {
	CleverTap: ['result', 'transport', 'properties', 'parameters', '(upload|read)', 'listSearch', 'resources'],
	Tally: ['transport', 'form', 'submission', 'listSearch', '(trigger|resources)'],
};

const upwards = Object.entries(floors).flatMap(([half, rooms]) =>
	rooms.map((room, floor) => ({
		name: `${half}: arrows run down`,
		severity: 'error',
		from: { path: `^nodes/${half}/${room}/` },
		to: {
			path: `^nodes/${half}/(${['[^/]+\\.ts$', ...rooms.slice(floor + 1).map((above) => `${above}/`)].join('|')})`,
		},
	})),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{ name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'nothing but n8n-workflow and node:crypto from outside',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { pathNot: '^(nodes/|credentials/|node_modules/n8n-workflow/|(node:)?crypto$)' },
		},
		{
			name: 'the halves know nothing of each other',
			severity: 'error',
			from: { path: '^nodes/(Tally|CleverTap)/' },
			to: { path: '^nodes/', pathNot: '^nodes/($1|shared)/' },
		},
		{
			name: 'what is shared knows no service',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^(nodes|credentials)/', pathNot: '^nodes/shared/' },
		},
		{
			name: 'credentials stand alone',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^(nodes|credentials)/' },
		},
		{
			name: 'the rooms of a resource are its own',
			severity: 'error',
			from: { path: '^nodes/[^/]+/resources/([^/]+)/' },
			to: { path: '^nodes/[^/]+/resources/[^/]+/', pathNot: '^nodes/[^/]+/resources/($1|common)/' },
		},
		{
			name: 'what is published needs nothing of tests and stand-ins',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(test|sandbox|bench|split)/' },
		},
		...upwards,
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(sandbox/(n8n|n8n-old|node24)|test/scan)/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
