// The closed loop keeps its promises: every figure with a target meets it, and none has lost its target.

import { expect, test } from 'vitest';
import { loop } from '../loop.ts';

test('a policy built on the program costs hardly more than the best, and obeys the laws of the best', async () => {
  const rows = await loop();
  const judged = rows.filter(({ target }) => target !== null);
  expect(judged.map((row) => row.case)).toHaveLength(17);
  expect(judged.filter(({ met }) => met !== true)).toEqual([]);
  for (const { value } of rows) expect(value).toBeGreaterThan(0);
  // An optimum is not beaten by more than its own grid's error.
  for (const row of rows.filter((one) => one.case.endsWith('optimum'))) expect(row.value).toBeGreaterThan(0.9999);
});
