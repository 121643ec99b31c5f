import { expect, test } from 'vitest';
import * as Portfolio from '../portfolio/Portfolio.ts';
import * as Sample from '../Sample.ts';
import { ONE } from '../money/Fixed.ts';
import { compose } from './compose.ts';

test('what thin markets pay fairly is traded, though for all of it they would pay less than custody permits', () => {
  const snapshot = Sample.snapshot(Sample.LINES, 200_000n * ONE);
  const weights = { weth: 0.05, wbtc: 0.3, usdc: 0.65 };
  const plan = compose(snapshot, Portfolio.of(snapshot), weights, Sample.STRATEGY.trading);
  const swaps = plan.steps.filter((step) => step.kind === 'swap');
  expect(swaps.length).toBeGreaterThan(0);
  for (const { sold, expected } of swaps) {
    // WETH at $2,000, USDC at $1: never more than 2 % below.
    expect(expected * 10n ** 12n * 10_000n).toBeGreaterThanOrEqual(sold * 2_000n * 9_800n);
  }
  expect(swaps.reduce((sum, { sold }) => sum + sold, 0n)).toBeLessThan(25n * ONE);
});
