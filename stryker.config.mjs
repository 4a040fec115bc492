import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jestConfig from './jest.config.js';

const unit = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: [
		'nodes/**/*.ts',
		// Told by the integration tests: n8n's engine takes minutes for a mutant, and most end as time-outs, which pass for noticed.
		'!nodes/Tally/TallyTrigger.node.ts',
		'!nodes/Tally/trigger/{download,lifecycle,receive,sample,secret,webhooks}.ts',
	],
	plugins: ['@stryker-mutator/jest-runner', './test/mutation/words.mjs'],
	// What only the editor shows.
	ignorers: ['words'],
	testRunner: 'jest',
	// Its root is Stryker's copy of the project.
	jest: {
		config: {
			...unit,
			testTimeout: jestConfig.testTimeout,
			rootDir: undefined,
			testMatch: ['<rootDir>/test/nodes/**/*.test.ts'],
		},
	},
	coverageAnalysis: 'perTest',
	concurrency: 2,
	timeoutMS: 10_000,
	ignorePatterns: ['/.cache', '/dist', '/coverage', '/docs', '/bench', '/sandbox/n8n', '/sandbox/n8n-old'],
	// Outside of the project: jest would find the copy's package beside the original.
	tempDirName: join(tmpdir(), 'n8n-nodes-mutation'),
	cleanTempDir: 'always',
	incremental: true,
	incrementalFile: '.cache/mutation/incremental.json',
	reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
	clearTextReporter: { reportTests: false },
	jsonReporter: { fileName: '.cache/mutation/report.json' },
	htmlReporter: { fileName: '.cache/mutation/report.html' },
	thresholds: { high: 97, low: 95, break: 95 },
	warnings: { slow: false },
};
