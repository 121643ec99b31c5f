// Gas is what users pay: it does not drift unseen.

import { expect, test } from 'vitest';
import { gas } from '../gas.ts';
import * as Snapshot from './Snapshot.ts';

test('every act takes what it is recorded to take, within a fiftieth: if not, npm run gas:update', async () => {
  const rows = await gas();
  expect(Snapshot.differences(await Snapshot.read(), Snapshot.of(rows))).toEqual([]);
  for (const act of ['fill', 'arm']) {
    const used = rows.filter((row) => row.case.startsWith(`${act} `)).map(({ value }) => value);
    expect(used).toHaveLength(4);
    // A few bytes of calldata are zero in one basket and not in another.
    expect(Math.max(...used) - Math.min(...used), `${act} costs the same in any basket`).toBeLessThan(200);
  }
});

test('two per cent are let pass, either way; more, a new act and a missing one are not', () => {
  const recorded = { mint: 100_000, fill: 50_000 };
  expect(Snapshot.differences(recorded, { mint: 102_000, fill: 49_000 })).toEqual([]);
  expect(Snapshot.differences(recorded, { mint: 102_001, fill: 50_000 })).toEqual([
    'mint took 100000 and takes 102001 (2.0 %)',
  ]);
  expect(Snapshot.differences(recorded, { mint: 100_000, fill: 48_999 })).toHaveLength(1);
  expect(Snapshot.differences(recorded, { mint: 100_000 })).toEqual(['fill is recorded but was not measured']);
  expect(Snapshot.differences({}, { arm: 1 })).toEqual(['arm is not recorded; it takes 1']);
});
