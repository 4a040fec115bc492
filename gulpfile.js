const { src, dest } = require('gulp');

/** Copies what `tsc` leaves behind: icons, codex files and output schemas. */
exports.default = () =>
	src(['credentials/**/*.{svg,json}', 'nodes/**/*.{svg,json}'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);
