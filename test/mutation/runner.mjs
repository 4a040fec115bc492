import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus } from '@stryker-mutator/api/test-runner';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';

/** The tests of nodes/; each kind has its own project in jest.config.js. */
const ALL_TESTS = [
	{ project: 'unit', files: 'test/{nodes,credentials}/**/*.test.ts' },
	// Those on secrets run through everything, in half a minute, and look for a few words only.
	{ project: 'integration', files: 'test/integration/!(secrets-in-*).test.ts' },
];
const { MUTATION_TESTS } = process.env;
const TESTS = MUTATION_TESTS ? ALL_TESTS.filter(({ project }) => project === MUTATION_TESTS) : ALL_TESTS;

/** What the first run of all tests has found, for every process that works on this copy of the project. */
const found = () => join(process.cwd(), 'mutation-tests.json');

/**
 * Stryker's runner of jest loads every test file that can reach a mutated file, and all of them to the
 * end. This one runs file by file, the quick ones first, only those with a test that reaches the mutant,
 * and stops at the first that notices it.
 */
class FileByFile {
	#jest;
	#projects;
	/** What the next run of jest is limited to. */
	#current;
	#byFile;

	constructor(jest) {
		this.#jest = jest;
		const run = jest.run.bind(jest);
		jest.run = async (settings) => {
			const { project, file } = this.#current;
			const jestConfig = { ...this.#projects.get(project), ...settings.jestConfig, projects: undefined };
			return await run({ ...settings, jestConfig, testFiles: [file], fileNamesUnderTest: undefined });
		};
	}

	capabilities() {
		return this.#jest.capabilities();
	}

	async init() {
		await this.#jest.init();
		this.#projects = new Map(this.#jest.jestConfig.projects.map((project) => [project.displayName, project]));
	}

	async dryRun(options) {
		const tests = [];
		const byFile = [];
		let mutantCoverage = { static: {}, perTest: {} };
		for (const { project, files } of TESTS) {
			for (const file of globSync(files).sort()) {
				const before = { ...mutantCoverage.static };
				const start = performance.now();
				this.#current = { project, file: join(process.cwd(), file) };
				const result = await this.#jest.dryRun(options);
				if (result.status !== DryRunStatus.Complete) return result;
				// Nothing as long as no mutant was reached.
				mutantCoverage = result.mutantCoverage ?? mutantCoverage;
				tests.push(...result.tests);
				const ids = result.tests.map(({ id }) => id);
				const { static: outside, perTest } = mutantCoverage;
				const reached = [
					// While the file was loaded or prepared.
					...Object.keys(outside).filter((mutant) => outside[mutant] !== before[mutant]),
					...ids.flatMap((id) => Object.keys(perTest[id] ?? {})),
				];
				const took = performance.now() - start;
				byFile.push({ ...this.#current, took, tests: ids, reached: [...new Set(reached)] });
			}
		}
		writeFileSync(found(), JSON.stringify(byFile));
		return { status: DryRunStatus.Complete, tests, mutantCoverage };
	}

	async mutantRun(options) {
		let nrOfTests = 0;
		for (const { project, file, testFilter } of this.#reaching(options)) {
			this.#current = { project, file };
			const result = await this.#jest.mutantRun({ ...options, testFilter });
			if (result.status !== MutantRunStatus.Survived) return result;
			nrOfTests += result.nrOfTests;
		}
		return { status: MutantRunStatus.Survived, nrOfTests };
	}

	/** The test files that reach a mutant: the one that is named like the mutated file, then the quicker ones. */
	#reaching({ activeMutant, testFilter }) {
		this.#byFile ??= JSON.parse(readFileSync(found(), 'utf8'));
		const wanted = testFilter && new Set(testFilter);
		const namesake = basename(activeMutant.fileName).replace('.ts', '.test.ts');
		const isNamesake = ({ file }) => Number(basename(file) === namesake);
		return this.#byFile
			.map(({ tests, ...rest }) => ({ ...rest, testFilter: wanted && tests.filter((id) => wanted.has(id)) }))
			.filter(({ reached, testFilter: own }) => (own ? own.length > 0 : reached.includes(activeMutant.id)))
			.sort((one, other) => isNamesake(other) - isNamesake(one) || one.took - other.took);
	}
}

const [{ factory: jestRunner }] = jestPlugins;
const fileByFile = (injector) => new FileByFile(jestRunner(injector));
fileByFile.inject = ['$injector'];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'file-by-file', fileByFile)];
