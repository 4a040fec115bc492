/* `npm run docs`: writes the list of operations, parameters and options into docs/usage.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withReference } from './reference';

const path = join(__dirname, '..', '..', 'docs', 'usage.md');
writeFileSync(path, withReference(readFileSync(path, 'utf8')));
