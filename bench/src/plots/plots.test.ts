import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plots } from './plots.ts';

test('the plots in docs/math are those that `npm run plots` draws', () => {
  for (const [name, svg] of Object.entries(plots())) {
    const kept = readFileSync(new URL(`../../../docs/math/plots/${name}.svg`, import.meta.url), 'utf8');
    expect(kept === svg, `docs/math/plots/${name}.svg is out of date: run npm run plots`).toBe(true);
  }
});
