const { isNativeError } = require('node:util').types;
const { TestEnvironment } = require('jest-environment-node');

const ordinary = Function.prototype[Symbol.hasInstance];

/**
 * Runs mutants quickly: n8n is loaded once per process (see loadedOnce.cjs), and the rest of a file is
 * skipped once a test has noticed the mutant, since jest itself can't stop within a file.
 */
module.exports = class extends TestEnvironment {
	#hasNoticed = false;

	constructor(...args) {
		super(...args);
		this.global.loadedOnce = require;
		// Errors of what is loaded outside are errors in here, too.
		const { Error } = this.global;
		Object.defineProperty(Error, Symbol.hasInstance, {
			value(value) {
				return ordinary.call(this, value) || (this === Error && isNativeError(value));
			},
		});
	}

	handleTestEvent(event) {
		if (event.name === 'test_done' && event.test.errors.length > 0) this.#hasNoticed = true;
		const isTrial = process.env.__STRYKER_ACTIVE_MUTANT__ !== undefined;
		if (isTrial && this.#hasNoticed && event.name === 'test_start') event.test.mode = 'skip';
	}
};
