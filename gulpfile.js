const { Buffer } = require('node:buffer');
const { mkdir, writeFile } = require('node:fs/promises');
const { basename, dirname, relative } = require('node:path');
const { Transform } = require('node:stream');
const { build } = require('esbuild');
const { dest, parallel, src } = require('gulp');
const { minify } = require('terser');

const { credentials, nodes } = require('./package.json').n8n;

/**
 * Bundles each folder for itself: no file holds code of two services. What its nodes share, and what
 * they load only when they run, become files of their own beside them. All is minified, for the
 * package is to stay below 60 kB; the maps are not published (CONTRIBUTING.md, "To read a stack").
 */
async function bundle() {
	const files = [...nodes, ...credentials];
	for (const outdir of new Set(files.map(dirname))) {
		const { outputFiles } = await build({
			entryPoints: files
				.filter((file) => dirname(file) === outdir)
				.map((file) => relative('dist', file).replace(/\.js$/, '.ts')),
			outdir,
			// Files of one service next to each other in the tarball: it is smaller so.
			chunkNames: `${basename(outdir)}-[hash]`,
			bundle: true,
			// Only ES modules are split.
			splitting: true,
			format: 'esm',
			platform: 'node',
			target: 'node20',
			external: ['n8n-workflow'],
			minifyIdentifiers: true,
			minifySyntax: true,
			sourcemap: 'external',
			write: false,
		});
		const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
		await mkdir(outdir, { recursive: true });
		for (const path of [...texts.keys()].filter((name) => name.endsWith('.js'))) {
			const { code, map } = await minify(
				{ [basename(path)]: asCommonJs(texts.get(path)) },
				{
					ecma: 2020,
					toplevel: true,
					compress: { passes: 5, keep_fargs: false },
					sourceMap: { content: texts.get(`${path}.map`) },
				},
			);
			await writeFile(path, code);
			await writeFile(`${path}.map`, map);
		}
	}
}

/** What n8n loads is CommonJS. esbuild writes imports and exports in these forms only; the lines stay, for the map. */
function asCommonJs(text) {
	const code = text
		.replace(
			/^import \{([^}]*)\} from ("[^"]*");$/gm,
			(_, names, from) => `const {${names.replaceAll(' as ', ': ')}} = require(${from});`,
		)
		.replace(
			/^export \{([^}]*)\};$/gm,
			(_, names) => `module.exports = {${names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')}};`,
		)
		.replace(/\bimport\(("\.\/[^"]*")\)/g, 'Promise.resolve().then(() => require($1))')
		// Every file imports it many times.
		.replaceAll('require("n8n-workflow")', 'workflow');
	return `"use strict"; const workflow = require("n8n-workflow"); ${code}`;
}

/** Copies icons, codex files and output schemas; the latter two without blanks. */
const copy = () =>
	src(['credentials/**/*.{svg,json}', 'nodes/**/*.{svg,json}'], { base: '.', encoding: false })
		.pipe(
			new Transform({
				objectMode: true,
				transform(file, _, done) {
					if (file.extname === '.json') file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents)));
					done(null, file);
				},
			}),
		)
		.pipe(dest('dist'));

exports.default = parallel(bundle, copy);
