/** @type {import('jest').Config} */
const common = {
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.check.json' }],
		// Comes as an ES module alone, which jest does not load.
		'/node_modules/json-schema-faker/.+\\.js$': [
			'ts-jest',
			{ tsconfig: { allowJs: true, module: 'commonjs', target: 'es2022' } },
		],
	},
	transformIgnorePatterns: ['/node_modules/(?!json-schema-faker/)'],
	globals: { FUZZ: { FUZZ_RUNS: process.env.FUZZ_RUNS, FUZZ_SEED: process.env.FUZZ_SEED } },
	moduleNameMapper: { '^json-schema-faker$': '<rootDir>/node_modules/json-schema-faker/dist/index.js' },
};

module.exports = {
	// Nothing is asserted about time: a busy machine must not fail a test. Of a project, jest would not heed it.
	testTimeout: 60_000,
	projects: [
		{
			...common,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{nodes,credentials,sandbox,mock,chaos,soak,docs,examples,split}/**/*.test.ts'],
		},
		{
			...common,
			displayName: 'fuzz',
			testMatch: ['<rootDir>/test/fuzz/**/*.test.ts'],
		},
		{
			...common,
			displayName: 'integration',
			testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
			// The engine is the one of the sandbox's n8n; package and engine must share one n8n-workflow.
			moduleNameMapper: {
				...common.moduleNameMapper,
				'^(n8n-core|n8n-workflow|reflect-metadata)(/.*)?$': '<rootDir>/sandbox/n8n/node_modules/$1$2',
			},
		},
		{
			...common,
			displayName: 'e2e',
			testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
		},
		{
			...common,
			displayName: 'split',
			testMatch: ['<rootDir>/test/split-n8n/**/*.test.ts'],
		},
		{
			...common,
			displayName: 'browser',
			testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
		},
	],
};
