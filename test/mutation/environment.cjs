const { TestEnvironment } = require('jest-environment-node');

/** Skips the rest of a file once a test has noticed the mutant: jest itself can't stop within a file. */
module.exports = class extends TestEnvironment {
	#hasNoticed = false;

	handleTestEvent(event) {
		if (event.name === 'test_done' && event.test.errors.length > 0) this.#hasNoticed = true;
		const isTrial = process.env.__STRYKER_ACTIVE_MUTANT__ !== undefined;
		if (isTrial && this.#hasNoticed && event.name === 'test_start') event.test.mode = 'skip';
	}
};
