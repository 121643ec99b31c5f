import { Cost } from '@trimtab/core';
import { expect, test } from 'vitest';
import * as Named from './Named.ts';
import { Plan } from './contract.ts';

test('a plan of a journal from before plans carried a proof is shown without one', () => {
  const { bridge: _bridge, mev: _mev, ...cost } = Cost.NONE;
  const older = { why: 'sold', steps: [], skips: [], cost: cost as Cost, turnover: 0n, value: 1n };
  const shown = Named.plan(older, []);
  expect(Plan.parse(shown)).toEqual(shown);
  expect(shown).toMatchObject({ passed: [], cost: { bridge: '0', mev: '0' } });
  expect(shown).not.toHaveProperty('proof');
});
