const { src, dest } = require('gulp');

/** Copies what `tsc` leaves behind: icons and codex files. */
exports.default = () =>
	src('{credentials,nodes}/**/*.{svg,json}', { encoding: false }).pipe(dest('dist'));
