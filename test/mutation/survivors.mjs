import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

const LIST = '.cache/mutation/survivors.txt';

/** Lists what no test has noticed as it is found: a run takes long. */
class Survivors {
	constructor() {
		mkdirSync(dirname(LIST), { recursive: true });
		rmSync(LIST, { force: true });
	}

	onMutantTested({ fileName, location, mutatorName, replacement, status }) {
		if (status !== 'Survived' && status !== 'NoCoverage') return;
		const { start, end } = location;
		const place = `${relative(process.cwd(), fileName)}:${start.line}:${start.column}-${end.line}:${end.column}`;
		appendFileSync(LIST, `${place}  ${status}  ${mutatorName}  ${replacement.replace(/\s+/g, ' ')}\n`);
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'survivors', Survivors)];
