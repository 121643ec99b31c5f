// A plan in words: a sentence for what it does, for each asset that it leaves alone, and for each market that would have gained something
// or cannot be used.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConstantProduct } from '../market/amm/ConstantProduct.ts';
import { ONE } from '../money/Fixed.ts';
import { dollars } from '../money/Price.ts';
import type { Weights } from '../portfolio/Drift.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import * as Trial from '../Trial.ts';
import { compose } from './compose.ts';
import type { Plan } from './Plan.ts';

const sample = Sample.snapshot();
const toUsdc = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };

function planFor(change: Partial<Snapshot>, weights: Weights = toUsdc): Plan {
  const snapshot = { ...sample, ...change };
  return compose(snapshot, Portfolio.of(snapshot), weights, Sample.STRATEGY.trading);
}

function product(id: string, depth: bigint, feePpm: number): ConstantProduct {
  const reserves = [(depth * ONE) / 2_000n, depth * 10n ** 6n] as const;
  return { kind: 'constant-product', id, assets: ['weth', 'usdc'], reserves, feePpm };
}

const why = ({ skips }: Plan, asset: string): string | undefined => skips.find((one) => one.asset === asset)?.why;

describe('an asset is left alone', () => {
  test('because what it would gain is less than what trading it costs', () => {
    // Ten dollars off: being off by so little counts for less than the pool’s fee.
    const plan = planFor({}, { weth: 0.5999, wbtc: 0.3, usdc: 0.1001 });
    expect(plan.steps).toEqual([]);
    const words =
      /^\$10\.00 (over|under) its target: moving it would gain at most \d+\.\d+ % of what is moved, and its markets and their gas cost more$/;
    expect(why(plan, 'weth')).toMatch(words);
    expect(why(plan, 'usdc')).toMatch(words);
    expect(why(plan, 'wbtc')).toBe('where it should be');
  });

  test('and how much it would gain is what being off target counts for', () => {
    // κ = 0.1: being off by 5 % on both sides, a dollar moved gains 0.1·(0.05 + 0.05) of itself.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), (percent) => {
        const weights = { weth: 0.6 - percent / 100, wbtc: 0.3, usdc: 0.1 + percent / 100 };
        const gas = { ...sample.gas, price: 10n ** 15n };
        const snapshot = { ...sample, gas };
        const { steps, skips } = compose(snapshot, Portfolio.of(snapshot), weights, Sample.STRATEGY.trading, {
          kappa: 0.1,
        });
        expect(steps).toEqual([]);
        for (const one of skips.filter(({ asset }) => asset !== 'wbtc')) {
          expect(one.why).toContain(`at most ${(0.1 * 2 * percent).toPrecision(2)} % of what is moved`);
        }
      }),
      { numRuns: 5 },
    );
  });

  test('because gas costs more than it would gain', () => {
    const gas = { ...sample.gas, price: 10n ** 15n };
    const plan = planFor({ gas });
    expect(plan.steps).toEqual([]);
    expect(plan.proof.objective).toBe(plan.proof.idle);
    expect(why(plan, 'weth')).toMatch(/over its target: .*cost more$|less than the gas of its fill$/);
  });

  test('because it is on its way, or staked', () => {
    const holdings = sample.holdings.map((one) => (one.asset === 'weth' ? { ...one, atoms: 0n } : one));
    const inFlight = [{ id: 'transfer', asset: 'weth', atoms: 30n * ONE, due: sample.at + 60 }];
    expect(why(planFor({ holdings, inFlight }), 'weth')).toBe('cannot be sold: it has yet to arrive');
    const stakes = [{ id: 'lp', market: 'pool', parts: [{ asset: 'weth', atoms: 30n * ONE }] }];
    expect(why(planFor({ holdings, stakes }), 'weth')).toBe('cannot be sold: it is staked');
  });

  const share = fc.integer({ min: 0, max: 100 });
  test('or traded: each asset one of the two, in a sentence that says something', () => {
    fc.assert(
      fc.property(share, share, share, fc.constantFrom(0n, 1n, 300n), (weth, wbtc, usdc, gwei) => {
        const sum = weth + wbtc + usdc;
        fc.pre(sum > 0);
        const gas = { ...sample.gas, price: gwei * 10n ** 9n };
        const plan = planFor({ gas }, { weth: weth / sum, wbtc: wbtc / sum, usdc: usdc / sum });
        const traded = new Set(Trial.swapsOf(plan).flatMap(({ sell, buy }) => [sell, buy]));
        const left = sample.assets.map(({ id }) => id).filter((id) => !traded.has(id));
        expect(plan.skips.map(({ asset }) => asset)).toEqual(left);
        for (const skip of plan.skips) expect(skip.why).not.toMatch(/NaN|undefined|Infinity|\$-|^$/);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a market is passed over', () => {
  test('because it would gain something, but less than its gas', () => {
    // Half as deep and as cheap as the other: it would take a third of the trade.
    const markets = [product('deep', 4_000_000n, 500), product('shallow', 200_000n, 500)];
    const gas = { ...sample.gas, price: 20n * 10n ** 9n };
    const plan = planFor({ markets, gas });
    expect(Trial.swapsOf(plan).flatMap(({ routes }) => routes.flatMap((route) => route.markets))).toEqual(['deep']);
    expect(plan.passed).toHaveLength(1);
    expect(plan.passed[0]?.market).toBe('shallow');
    expect(plan.passed[0]?.why).toMatch(
      /^would gain \$\d+\.\d\d at this plan's prices; using it costs \$3\.20 of gas$/,
    );
    // With less gas it is used.
    const cheap = planFor({ markets, gas: { ...gas, price: 10n ** 8n } });
    expect(cheap.passed).toEqual([]);
    expect(Trial.swapsOf(cheap)[0]?.routes).toHaveLength(2);
  });

  test('because it cannot be used', () => {
    const plan = planFor({ markets: [...sample.markets, product('empty', 0n, 500)] });
    expect(plan.passed).toEqual([{ market: 'empty', why: 'empty lacks one of its assets' }]);
  });

  test('because its price is far from what its assets are worth', () => {
    // A fifth of the WETH that the same dollars would buy elsewhere.
    const stale: ConstantProduct = {
      ...product('stale', 4_000_000n, 500),
      reserves: [400n * ONE, 4_000_000n * 10n ** 6n],
    };
    const plan = planFor({ markets: [...sample.markets, stale] });
    expect(Trial.swapsOf(plan).flatMap(({ routes }) => routes.flatMap((route) => route.markets))).not.toContain(
      'stale',
    );
    expect(plan.passed.map(({ market }) => market)).toEqual(['stale']);
    expect(plan.passed[0]?.why).toMatch(/^its price is .* % from the others: one of them is wrong$/);
  });

  test('without a word where it would gain nothing', () => {
    expect(planFor({}).passed).toEqual([]);
  });
});

describe('the limits that a plan meets', () => {
  test('are priced: of what is held where all of it is sold', () => {
    const { proof } = planFor({}, { weth: 0, wbtc: 0.3, usdc: 0.7 });
    const [held] = proof.shadows;
    expect(held).toMatchObject({ limit: 'held', asset: 'weth' });
    // The $277 that selling all of it costs leave USDC $83 short: there a dollar more counts for κ·83/100,000, less what selling it costs.
    expect(held?.price).toBeGreaterThan(0.07);
    expect(held?.price).toBeLessThan(0.083);
    expect(held?.why).toMatch(/^all that can be sold of WETH is sold; a dollar more of it would count for \$0\.0\d+$/);
  });

  test('are priced: of the room that custody leaves, by what the gap could be closed by', () => {
    const custody = { ...sample.custody, turnoverRoom: 5_000n * ONE };
    const { proof } = planFor({ custody });
    const room = proof.shadows.find(({ limit }) => limit === 'turnover');
    // A hundredth of the room is left unused: $10,000 were to be sold, $4,950 are.
    expect((room?.price ?? NaN) * 5_050).toBeCloseTo(proof.gap, 6);
    expect(room?.why).toMatch(/^custody has no more room to sell; a dollar more of it would count for \$/);
  });
});

describe('what a plan does', () => {
  test('is said trade by trade, with what each part of the cost is', () => {
    const { why: words, cost, turnover } = planFor({}, { weth: 0.4, wbtc: 0.2, usdc: 0.4 });
    expect(words).toMatch(/^sell 10 WETH for about .* USDC; sell 0\.33\d* WBTC for about .* USDC: /);
    for (const part of [turnover, cost.fee, cost.impact, cost.gas]) expect(words).toContain(dollars(part));
    expect(words).not.toMatch(/bridges|MEV/);
  });
});
