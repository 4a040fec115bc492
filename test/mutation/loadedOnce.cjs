/** What environment.cjs has put there: n8n's own files are loaded by Node, once per process, not anew by jest for each mutant. */
module.exports = {
	process: (_code, path) => ({ code: `module.exports = globalThis.loadedOnce(${JSON.stringify(path)});` }),
};
