/*
 * n8n's own scan of a community package, as far as it needs no network:
 *
 *     node test/scan/scan.mjs source <repository>       what the repository holds
 *     node test/scan/scan.mjs package <unpacked package> what would be published
 */
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const legs = {
	source: SOURCE_FILE_PATTERNS,
	package: ['**/*.js', 'package.json'],
};
const [leg, folder] = process.argv.slice(2);
if (!Object.hasOwn(legs, leg) || !folder) {
	console.error('Usage: node scan.mjs source|package <folder>');
	process.exit(2);
}
const { passed, message, details } = await analyzePackage(folder, legs[leg]);
// It also passes where it finds nothing to look at, and then says so.
const isClean = passed && !message;
if (!isClean) {
	console.error(message);
	console.error(details ?? '');
}
process.exit(isClean ? 0 : 1);
