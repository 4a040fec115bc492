import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textAt } from './n8n-json';

/** An older n8n to be run instead of that in sandbox/n8n: the name of a folder in sandbox/n8n-old. */
const chosen = process.env.SANDBOX_N8N;

/** Where the n8n is installed that the sandbox runs. */
export const n8nFolder = chosen ? join(__dirname, 'n8n-old', chosen) : join(__dirname, 'n8n');

/** What Node.js is given to run it. */
export const n8nProgram = join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n');

export const n8nVersion = textAt(JSON.parse(readFileSync(join(n8nFolder, 'package.json'), 'utf8')), [
	'dependencies',
	'n8n',
]);

function isAtLeast(wanted: string): boolean {
	return n8nVersion.localeCompare(wanted, undefined, { numeric: true }) >= 0;
}

/**
 * What an older n8n can't do, or does in another way, each with the oldest version that is known to. When it
 * came between those that the sandbox runs does not matter here.
 */
export const n8nHas = {
	/** Expressions are evaluated in bursts, too; in 1.123 the default engine hangs then, and 2.0 has but the old one. */
	steadyExpressionEngine: isAtLeast('2.0.0'),
	/** It can be told to make isolates for expressions only where one is needed (N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE). */
	isolatesWhereNeeded: isAtLeast('2.41.0'),
	/** The owner is made from environment variables; before, by a call. */
	ownerFromEnvironment: isAtLeast('2.41.0'),
	/** A credential can be tested before it is saved. */
	testOfUnsavedCredential: isAtLeast('2.41.0'),
	/** A credential's test says what the credential has to say of an answer; before, n8n lost the answer's status. */
	wordsOfCredentialTests: isAtLeast('2.41.0'),
	/** Publishing is a call of its own; before, a property that is saved with the workflow. */
	publishing: isAtLeast('2.0.0'),
	/** Publishing goes on after the call, and its progress can be asked for; before, the call waited. */
	publicationStatus: isAtLeast('2.41.0'),
	/** A manual run takes the saved workflow; before, the call brought the workflow along. */
	runOfSavedWorkflow: isAtLeast('2.41.0'),
} as const;
