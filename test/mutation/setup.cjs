const { readFileSync } = require('node:fs');

// A failure is enough: nobody looks at the smallest example of it. Loaded only where it is used.
const { testPath } = expect.getState();
if (readFileSync(testPath, 'utf8').includes("'fast-check'")) {
	require('fast-check').configureGlobal({ endOnFailure: true });
}
