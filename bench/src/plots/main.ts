// Draw the plots of docs/math: `npm run plots`. The same bytes every time, so that a test sees when one is out of date.

import { mkdirSync, writeFileSync } from 'node:fs';
import { plots } from './plots.ts';

const FOLDER = new URL('../../../docs/math/plots/', import.meta.url);

mkdirSync(FOLDER, { recursive: true });
for (const [name, svg] of Object.entries(plots())) {
  writeFileSync(new URL(`${name}.svg`, FOLDER), svg);
  process.stdout.write(`docs/math/plots/${name}.svg\n`);
}
