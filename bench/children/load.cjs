/*
 * Loads classes of node packages in a process that has n8n-workflow already, and prints how many
 * milliseconds that took:
 *
 *     node load.cjs <folder of n8n-workflow> <file>#<class> …
 */
const [workflow, ...classes] = process.argv.slice(2);
require(workflow);
// Every n8n has it loaded; the package itself imports nothing else.
require('node:crypto');

const start = performance.now();
for (const place of classes) {
	const [file, name] = place.split('#');
	new (require(file)[name])();
}
console.log(performance.now() - start);
