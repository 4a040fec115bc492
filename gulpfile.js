const { dest, src } = require('gulp');

/** Copies what is no code: icons, codex files and output schemas. */
exports.default = () => src(['{credentials,nodes}/**/*.{svg,json}'], { base: '.', encoding: false }).pipe(dest('dist'));
