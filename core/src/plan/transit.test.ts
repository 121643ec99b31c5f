// Assets that are in nobody's portfolio: trades go through them where that is best, and nothing of them is ever held.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../guard/judge.ts';
import type { ConstantProduct } from '../market/amm/ConstantProduct.ts';
import { ONE } from '../money/Fixed.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import * as Trial from '../Trial.ts';
import { compose } from './compose.ts';
import type { Plan } from './Plan.ts';

const sample = Sample.snapshot();
const toUsdc = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };
const dai = { id: 'dai', symbol: 'DAI', decimals: 18 };

function product(id: string, assets: readonly [string, string], reserves: readonly [bigint, bigint]): ConstantProduct {
  return { kind: 'constant-product', id, assets, reserves, feePpm: 10 };
}

const first = product('first', ['weth', 'dai'], [10n ** 24n, 2n * 10n ** 27n]);
const second = product('second', ['usdc', 'dai'], [2n * 10n ** 15n, 2n * 10n ** 27n]);

function planFor(change: Partial<Snapshot>): Plan {
  const snapshot = { ...sample, ...change };
  return compose(snapshot, Portfolio.of(snapshot), toUsdc, Sample.STRATEGY.trading);
}

function waysOf(plan: Plan): readonly string[] {
  return Trial.swapsOf(plan).flatMap(({ routes }) =>
    routes.map(({ markets, through }) => `${markets.join(' ')} through ${through.join(' ')}`),
  );
}

describe('an asset that is not in the portfolio', () => {
  const assets = [...sample.assets, dai];
  const markets = [...sample.markets, first, second];

  test('is gone through where that is best, whether somebody prices it or not', () => {
    const reading = { asset: 'dai', source: 'sample', price: ONE, at: sample.at, heartbeat: 3_600 };
    for (const prices of [sample.prices, [...sample.prices, reading]]) {
      expect(waysOf(planFor({ assets, markets, prices }))).toEqual(['first second through dai']);
    }
  });

  test('is not gone through where that is not best', () => {
    const dear: ConstantProduct = { ...second, feePpm: 5_000 };
    for (const way of waysOf(planFor({ assets, markets: [...sample.markets, first, dear] }))) {
      expect(way).not.toContain('dai');
    }
  });

  test('is never held, bought or sold, and its plans pass the guard and replay', () => {
    const depth = fc.integer({ min: 20, max: 2_000_000 });
    fc.assert(
      fc.property(depth, depth, (one, other) => {
        const [near, far] = [BigInt(one), BigInt(other)];
        const snapshot = {
          ...sample,
          assets,
          markets: [
            ...sample.markets,
            product('first', ['weth', 'dai'], [near * ONE, near * 2_000n * ONE]),
            product('second', ['usdc', 'dai'], [far * 10n ** 6n, far * ONE]),
          ],
        };
        const portfolio = Portfolio.of(snapshot);
        const plan = compose(snapshot, portfolio, toUsdc, Sample.STRATEGY.trading);
        expect(judge({ snapshot, portfolio, targets: toUsdc, plan }, [])).toEqual({ kind: 'pass' });
        const state = Trial.start(snapshot);
        for (const swap of Trial.swapsOf(plan)) {
          expect([swap.sell, swap.buy]).not.toContain('dai');
          // Each market takes all that the one before it paid.
          expect(Trial.make(state, swap)).toEqual(swap.routes.map(({ expected }) => expected));
        }
        expect(state.held.has('dai')).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test('may be several, one after another', () => {
    const tusd = { id: 'tusd', symbol: 'TUSD', decimals: 2 };
    const middle = product('middle', ['dai', 'tusd'], [2n * 10n ** 27n, 2n * 10n ** 11n]);
    const last = product('last', ['tusd', 'usdc'], [2n * 10n ** 11n, 2n * 10n ** 15n]);
    const plan = planFor({ assets: [...assets, tusd], markets: [...sample.markets, first, middle, last] });
    expect(waysOf(plan)).toEqual(['first middle last through dai tusd']);
  });

  test('that nobody describes is not gone through, and the plan says so', () => {
    const plan = planFor({ markets });
    for (const way of waysOf(plan)) expect(way).not.toContain('dai');
    expect(plan.passed).toEqual(
      ['first', 'second'].map((market) => ({ market, why: 'nothing says what dai is worth' })),
    );
  });

  test('that leads nowhere is left out without a word', () => {
    const plan = planFor({ assets, markets: [...sample.markets, first] });
    expect(plan.passed).toEqual([]);
    expect(plan.steps).toEqual(planFor({}).steps);
  });
});
