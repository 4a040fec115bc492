import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	// All of the package's code; what only the editor shows is left out by `words`.
	mutate: ['nodes/**/*.ts'],
	ignorers: ['words'],
	plugins: [
		'@stryker-mutator/jest-runner',
		'./test/mutation/runner.mjs',
		'./test/mutation/survivors.mjs',
		'./test/mutation/words.mjs',
	],
	testRunner: 'file-by-file',
	jest: {
		configFile: 'jest.config.js',
		config: {
			testEnvironment: './test/mutation/environment.cjs',
			setupFilesAfterEnv: ['<rootDir>/test/mutation/setup.cjs'],
			transform: {
				'/sandbox/n8n/node_modules/.+\\.c?js$': '<rootDir>/test/mutation/loadedOnce.cjs',
				'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.check.json' }],
			},
			transformIgnorePatterns: [],
			// On a busy machine a test may take long without having noticed anything.
			testTimeout: 15_000,
			watchman: false,
		},
	},
	coverageAnalysis: 'perTest',
	concurrency: 2,
	// What jest has loaded for one mutant stays for a while; memory grows with each.
	maxTestRunnerReuse: 60,
	timeoutMS: 10_000,
	dryRunTimeoutMinutes: 60,
	ignorePatterns: ['/.cache', '/dist', '/coverage', '/docs', '/bench'],
	// Outside of the project: jest would find the copy's package beside the original.
	tempDirName: join(tmpdir(), 'n8n-nodes-mutation'),
	cleanTempDir: 'always',
	incremental: true,
	incrementalFile: '.cache/mutation/incremental.json',
	reporters: ['json', 'html', 'progress-append-only', 'survivors'],
	jsonReporter: { fileName: '.cache/mutation/report.json' },
	htmlReporter: { fileName: '.cache/mutation/report.html' },
	warnings: { slow: false },
};
