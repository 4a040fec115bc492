/*
 * `npm run split`: the two packages of one service each that this one is made of; or a workflow for them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

import { usualParent } from './files';
import { halves } from './halves';
import { movedWorkflow } from './workflow';
import { writeRepository } from './write';

const USAGE = `Usage:
  npm run split [-- <folder>]                             writes the repositories "${halves.map(({ folder }) => folder).join('" and "')}" into the folder (.cache/split)
  npm run split --silent -- --workflow <file> [<output>]  rewrites the types of nodes in an exported workflow, and prints it or writes it to the output`;

function main([first, ...others]: readonly string[]): void {
	if (first === '--workflow' && others.length >= 1 && others.length <= 2) {
		const [file = '', output] = others;
		const moved = movedWorkflow(readFileSync(file, 'utf8'));
		if (output === undefined) process.stdout.write(moved);
		else writeFileSync(output, moved);
	} else if (first?.startsWith('-') || others.length > 0) {
		console.error(USAGE);
		process.exitCode = 2;
	} else {
		const parent = resolve(first ?? usualParent);
		for (const half of halves) console.log(`${half.name}: ${relative('', writeRepository(half, parent)) || '.'}`);
	}
}

try {
	main(process.argv.slice(2));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
