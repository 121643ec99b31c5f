import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Gas from '../market/Gas.ts';
import { ONE } from '../money/Fixed.ts';
import { dollars } from '../money/Price.ts';
import type { Trading } from '../policy/Strategy.ts';
import type { Weights } from '../portfolio/Drift.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import { compose } from './compose.ts';
import type { Plan, Swap } from './Plan.ts';

const sample = Sample.snapshot();
const trading = Sample.STRATEGY.trading;

function planFor(snapshot: Snapshot, weights: Weights, how: Trading = trading): Plan {
  return compose(snapshot, Portfolio.of(snapshot), weights, how);
}

function swapsOf(plan: Plan): readonly Swap[] {
  return plan.steps.filter((step) => step.kind === 'swap');
}

const total = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);

const share = fc.integer({ min: 0, max: 100 });
const weightsOf = fc
  .tuple(share, share, share)
  .filter(([a, b, c]) => a + b + c > 0)
  .map(([a, b, c]) => ({ weth: a / (a + b + c), wbtc: b / (a + b + c), usdc: c / (a + b + c) }));

describe('a plan', () => {
  test('costs what its swaps cost and the gas of one authorisation; a fill pays for each market after its first', () => {
    fc.assert(
      fc.property(weightsOf, (weights) => {
        const plan = planFor(sample, weights);
        const swaps = swapsOf(plan);
        const gas = swaps.map(({ routes }) => {
          const markets = BigInt(routes.flatMap((route) => route.markets).length);
          return Gas.costUp(sample.gas, sample.gas.swap + sample.gas.hop * (markets - 1n));
        });
        expect(swaps.map(({ cost }) => cost.gas)).toEqual(gas);
        const authorised = swaps.length === 0 ? 0n : Gas.costUp(sample.gas, sample.gas.authorise);
        expect(plan.cost).toEqual({
          fee: total(swaps.map(({ cost }) => cost.fee)),
          impact: total(swaps.map(({ cost }) => cost.impact)),
          gas: authorised + total(gas),
          bridge: 0n,
          mev: 0n,
        });
      }),
    );
  });

  test('on a rollup pays for the data of every transaction besides: one for each step', () => {
    fc.assert(
      fc.property(weightsOf, fc.bigInt({ min: 0n, max: 10n ** 15n }), (weights, data) => {
        const plain = planFor(sample, weights);
        const plan = planFor({ ...sample, gas: { ...sample.gas, data } }, weights);
        expect(swapsOf(plan).map(({ routes }) => routes)).toEqual(swapsOf(plain).map(({ routes }) => routes));
        const each = Gas.weiUp(sample.gas, data);
        expect(plan.cost.gas - plain.cost.gas).toBe(each * BigInt(plan.steps.length));
      }),
    );
  });

  test('trades each asset or says why not', () => {
    fc.assert(
      fc.property(weightsOf, (weights) => {
        const plan = planFor(sample, weights);
        const traded = new Set(swapsOf(plan).flatMap(({ sell, buy }) => [sell, buy]));
        const others = sample.holdings.map(({ asset }) => asset).filter((asset) => !traded.has(asset));
        expect(plan.skips.map(({ asset }) => asset)).toEqual(others);
        const { positions, value } = Portfolio.of(sample);
        const still = positions
          .filter(
            (one) => Math.abs(Number(one.value) / Number(value) - ((weights as Weights)[one.asset.id] ?? 0)) < 1e-10,
          )
          .map(({ asset }) => asset.id);
        const told = plan.skips.filter(({ why }) => why === 'where it should be').map(({ asset }) => asset);
        expect(told).toEqual(still);
      }),
    );
  });

  test('says in words what it does and what that costs', () => {
    const one = planFor(sample, { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    const { fee, impact, gas } = one.cost;
    const [swap] = swapsOf(one);
    expect(one.why).toBe(
      `${swap?.why}: $10,000 for ${dollars(fee + impact + gas)} (fees ${dollars(fee)}, price impact ${dollars(impact)}, gas ${dollars(gas)})`,
    );
    expect(swap?.why).toMatch(/^sell 5 WETH for about 99\d\d\.\d+ USDC$/);
    expect(one.steps[0]?.why).toBe('let custody settle 1 trade and nothing beyond');
    const two = planFor(sample, { weth: 0.4, wbtc: 0.2, usdc: 0.4 });
    expect(two.steps[0]?.why).toBe('let custody settle 2 trades and nothing beyond');
    expect(
      two.why.startsWith(
        swapsOf(two)
          .map(({ why }) => why)
          .join('; '),
      ),
    ).toBe(true);
    expect(planFor(sample, { weth: 0.6, wbtc: 0.3, usdc: 0.1 }).why).toBe('nothing is worth trading');
  });

  test('lets every trade wait as long as its strategy does', () => {
    for (const lifetime of [1, 600]) {
      const [swap] = swapsOf(planFor(sample, { weth: 0.5, wbtc: 0.3, usdc: 0.2 }, { ...trading, lifetime }));
      expect(swap?.deadline).toBe(sample.at + lifetime);
    }
  });

  test('may accept all that is quoted, without slippage', () => {
    const [swap] = swapsOf(planFor(sample, { weth: 0.5, wbtc: 0.3, usdc: 0.2 }, { ...trading, slippage: 0 }));
    expect(swap?.floor).toBe(swap?.expected);
  });
});

describe('a trade is left out', () => {
  const toSell = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };
  /** Read only so many ticks of the deepest pool, so that it takes no more than lies between them. */
  const narrow = (ticks: number): Snapshot => ({
    ...sample,
    markets: sample.markets.flatMap((market) =>
      market.kind === 'concentrated' ? [{ ...market, known: [market.tick - ticks, market.tick + ticks] as const }] : [],
    ),
  });

  test('where its markets can take only what is below the minimum', () => {
    const snapshot = narrow(5);
    const [swap] = swapsOf(planFor(snapshot, toSell, { ...trading, minNotional: 1n }));
    const taken = (swap?.sold ?? 0n) * 2_000n;
    expect(taken > 0n && taken < 10_000n * ONE).toBe(true);
    expect(swapsOf(planFor(snapshot, toSell, { ...trading, minNotional: taken }))).toHaveLength(1);
    const plan = planFor(snapshot, toSell, { ...trading, minNotional: taken + 1n });
    expect(plan.steps).toEqual([]);
    const why = `its markets take ${dollars(taken)} of it, below the ${dollars(taken + 1n)} minimum`;
    expect(plan.skips[0]).toEqual({ asset: 'weth', why });
  });

  test('where its markets can take all of it, never', () => {
    const plan = planFor(sample, toSell, { ...trading, minNotional: 10_000n * ONE });
    expect(swapsOf(plan)).toHaveLength(1);
  });

  test('where its markets pay nothing', () => {
    const markets = sample.markets.flatMap((market) =>
      market.kind === 'constant-product' ? [{ ...market, reserves: [0n, 0n] as const }] : [],
    );
    const plan = planFor({ ...sample, markets }, toSell);
    expect(plan.steps).toEqual([]);
    expect(plan.skips[0]?.why).toBe('no market that can be used trades it: product:weth/usdc lacks one of its assets');
  });
});
