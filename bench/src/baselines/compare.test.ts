// Plans for twenty tokens over pools of every kind can be carried out as they are, come to what was planned, and beat what simpler
// routers make of the same task.

import { describe, expect, test } from 'vitest';
import { arbitraged } from '../pools/arbitraged.ts';
import { builtInPools, COIN, DOLLAR } from '../pools/builtInPools.ts';
import { priceTokens } from '../pools/priceTokens.ts';
import { readPools, USDC, WETH } from '../pools/readPools.ts';
import { compare, type Comparison } from './compare.ts';
import { drawRebalance } from './drawRebalance.ts';

const WISH = { tokens: 20, drift: 0.1, kappa: 100 };
const recorded = process.env['TRIMTAB_DATA'] ?? '';
const RECORDINGS = recorded === '' ? [] : [recorded];

/** List in what a plan falls short. */
function shortcomings({ plan, single, split, missed, proof }: Comparison): readonly string[] {
  const laws = {
    'is what was planned': missed < 1e-9,
    'has a bound that nothing exceeds': proof.bound >= Math.max(plan.objective, single.objective, split.objective),
    'beats the best single path': plan.objective > single.objective,
    'beats the percentage split': plan.objective > split.objective,
  };
  return Object.entries(laws).flatMap(([law, holds]) => (holds ? [] : [law]));
}

describe.each([1e5, 1e6])('a portfolio of %i dollars over the built-in pools', (worth) => {
  const { markets, assets } = builtInPools(1);
  const worths = priceTokens(markets, assets, DOLLAR);

  test.each([1, 2])('is planned better than by one path or a percentage split (%i)', (seed) => {
    const task = drawRebalance(seed, markets, worths, { ...WISH, worth, native: COIN });
    expect(shortcomings(compare(task))).toStrictEqual([]);
  });
});

describe.each(RECORDINGS)('a portfolio of a million over the recorded pools', (folder) => {
  test.each([1, 2])('is planned better than by one path or a percentage split (%i)', async (seed) => {
    const { markets, assets } = await readPools(folder);
    const worths = priceTokens(markets, assets, USDC);
    const task = drawRebalance(seed, arbitraged(markets, worths), worths, { ...WISH, worth: 1e6, native: WETH });
    expect(shortcomings(compare(task))).toStrictEqual([]);
  });
});
