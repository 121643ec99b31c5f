import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Fixed from '../money/Fixed.ts';
import * as Sample from '../Sample.ts';
import type { Weights } from '../portfolio/Drift.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Trading } from '../policy/Strategy.ts';
import { compose } from './compose.ts';
import * as Cost from './Cost.ts';
import { fairUp } from './fill.ts';
import type { Authorise, Plan, Swap } from './Plan.ts';

const DOLLAR = Fixed.ONE;
const trading = Sample.STRATEGY.trading;

function planFor(snapshot: Snapshot, weights: Weights, how: Trading = trading): Plan {
  return compose(snapshot, Portfolio.of(snapshot), weights, how);
}

function swapsOf(plan: Plan): readonly Swap[] {
  return plan.steps.filter((step) => step.kind === 'swap');
}

function authorisationOf(plan: Plan): Authorise {
  const [first] = plan.steps;
  if (first?.kind !== 'authorise') throw new Error('a plan with steps starts by telling custody');
  return first;
}

const share = fc.integer({ min: 0, max: 1_000 });
const weightsOf = fc
  .tuple(share, share, share)
  .filter(([a, b, c]) => a + b + c > 0)
  .map(([a, b, c]) => ({ weth: a / (a + b + c), wbtc: b / (a + b + c), usdc: c / (a + b + c) }));

describe('a plan', () => {
  test('sells what is over straight into what is short, through a common asset where no market is direct', () => {
    const swaps = swapsOf(planFor(Sample.snapshot(), { weth: 0.5, wbtc: 0.4, usdc: 0.1 }));
    expect(swaps.map(({ sell, buy }) => `${sell}>${buy}`)).toEqual(['weth>wbtc']);
    expect(swaps[0]?.routes[0]?.markets).toEqual(['concentrated:weth/usdc', 'concentrated:wbtc/usdc']);
  });

  test('sells into the settlement asset first and buys with it last', () => {
    const lines = [
      ...Sample.LINES.slice(0, 2),
      { symbol: 'LINK', decimals: 18, price: '10', tokens: '1000' },
      ...Sample.LINES.slice(2),
    ];
    const snapshot = Sample.snapshot(lines);
    const order = (weights: Weights): string[] =>
      swapsOf(planFor(snapshot, weights)).map(({ sell, buy }) => `${sell}>${buy}`);
    expect(order({ weth: 0.4, wbtc: 0.3, link: 0.1, usdc: 0.2 })[0]).toBe('weth>usdc');
    expect(order({ weth: 0.6, wbtc: 0.2, link: 0.15, usdc: 0.05 }).at(-1)).toMatch(/^usdc>/);
  });

  test('lands where it was sent, less what the trade costs', () => {
    fc.assert(
      fc.property(weightsOf, (weights) => {
        const before = Sample.snapshot();
        const plan = planFor(before, weights);
        const after = Portfolio.of(Sample.settle(before, plan));
        const lost = Portfolio.of(before).value - after.value;
        expect(lost >= 0n).toBe(true);
        expect(lost <= plan.cost.fee + plan.cost.impact + 10n ** 15n).toBe(true);
        for (const position of after.positions) {
          const wanted = (weights as Weights)[position.asset.id] ?? NaN;
          // One trade below the minimum may be left out on each side.
          expect(Math.abs(Portfolio.weight(after, position) - wanted)).toBeLessThan(
            0.002 + Number(lost / DOLLAR) / 90_000,
          );
        }
      }),
    );
  });

  test('spends only what is in custody now, and sells no asset that it buys', () => {
    fc.assert(
      fc.property(weightsOf, (weights) => {
        const snapshot = Sample.snapshot();
        const swaps = swapsOf(planFor(snapshot, weights));
        for (const { asset, atoms } of snapshot.holdings) {
          const sold = swaps.reduce((sum, swap) => (swap.sell === asset ? sum + swap.sold : sum), 0n);
          expect(sold <= atoms).toBe(true);
          expect(sold > 0n && swaps.some(({ buy }) => buy === asset)).toBe(false);
        }
      }),
    );
  });

  test('never accepts less than the slippage or custody allows, to the atom', () => {
    fc.assert(
      fc.property(weightsOf, fc.integer({ min: 0, max: 300 }), (weights, slippage) => {
        const snapshot = Sample.snapshot();
        const prices = Portfolio.primaryPrices(snapshot);
        const scale = new Map(snapshot.assets.map(({ id, decimals }) => [id, Fixed.pow10(decimals)]));
        for (const { sell, buy, sold, expected, floor } of swapsOf(
          planFor(snapshot, weights, { ...trading, slippage }),
        )) {
          expect(floor <= expected).toBe(true);
          expect(floor * 10_000n >= expected * BigInt(10_000 - slippage)).toBe(true);
          const given = sold * (prices.get(sell) ?? 0n) * (scale.get(buy) ?? 0n);
          const least = floor * (prices.get(buy) ?? 0n) * (scale.get(sell) ?? 0n);
          expect(least * 10_000n >= given * BigInt(10_000 - snapshot.custody.maxFloorDiscount)).toBe(true);
        }
      }),
    );
  });

  test('lets custody permit exactly its own trades', () => {
    fc.assert(
      fc.property(weightsOf, (weights) => {
        const snapshot = Sample.snapshot();
        const plan = planFor(snapshot, weights);
        fc.pre(plan.steps.length > 0);
        const { legs, nonce, deadline, floorDiscount, supply } = authorisationOf(plan);
        expect({ nonce, deadline, supply }).toEqual({
          nonce: 8,
          deadline: snapshot.at + 120,
          supply: snapshot.custody.supply,
        });
        expect(floorDiscount).toBeLessThanOrEqual(snapshot.custody.maxFloorDiscount);
        expect(legs.map(({ asset }) => asset)).toEqual(snapshot.holdings.map(({ asset }) => asset));
        const after = Sample.settle(snapshot, plan);
        legs.forEach(({ sellDownTo, buyUpTo }, index) => {
          const [before, end] = [snapshot, after].map(({ holdings }) => holdings[index]?.atoms ?? -1n) as [
            bigint,
            bigint,
          ];
          expect(buyUpTo).toBe(sellDownTo);
          // What is bought may end higher, as a fill may bring what the oracle promises and a little more; all else
          // ends where planned. A plan's fill is never further below the oracle than custody's largest discount.
          const fair = ((end - before) * 10_000n) / BigInt(10_000 - snapshot.custody.maxFloorDiscount);
          const most = end > before ? before + (fair * 101n) / 100n : end;
          expect(sellDownTo >= end && sellDownTo <= most).toBe(true);
        });
      }),
    );
  });

  test('asks for the smallest discount, in whole basis points, at which every floor can settle', () => {
    fc.assert(
      fc.property(weightsOf, (weights) => {
        const snapshot = Sample.snapshot();
        const plan = planFor(snapshot, weights);
        fc.pre(plan.steps.length > 0);
        const { positions } = Portfolio.of(snapshot);
        const needed = swapsOf(plan).map(({ sell, buy, sold, floor }) => {
          const [give, take] = [sell, buy].map((id) => positions.find(({ asset }) => asset.id === id));
          if (give === undefined || take === undefined) throw new Error('a plan trades only what the portfolio lists');
          const fair = fairUp(give, take, sold);
          return (1 - Number(floor) / Number(fair)) * 10_000;
        });
        const { floorDiscount } = authorisationOf(plan);
        const most = Math.min(Math.max(...needed, 0), snapshot.custody.maxFloorDiscount);
        expect(floorDiscount).toBeGreaterThanOrEqual(most - 1e-6);
        expect(floorDiscount).toBeLessThan(most + 1 + 1e-6);
      }),
    );
  });

  test('lets what is bought come in better than the oracle by the slippage, rounded up', () => {
    const snapshot = Sample.snapshot();
    const plan = planFor(snapshot, { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    const [swap] = swapsOf(plan);
    const { positions } = Portfolio.of(snapshot);
    const [sell, buy] = [swap?.sell, swap?.buy].map((id) => positions.find(({ asset }) => asset.id === id));
    if (swap === undefined || sell === undefined || buy === undefined) throw new Error('this plan has one swap');
    // Its markets pay less than the oracle; by the time it fills they may pay as much.
    const fair = fairUp(sell, buy, swap.sold);
    expect(fair).toBeGreaterThan(swap.expected);
    const slack = Fixed.mulDivUp(fair, 10_050n, 10_000n);
    expect(authorisationOf(plan).legs[2]?.buyUpTo).toBe((snapshot.holdings[2]?.atoms ?? 0n) + slack);
  });

  test('trades by direct markets before it goes through others', () => {
    const link = { symbol: 'LINK', decimals: 18, price: '10', tokens: '1000' };
    const snapshot = Sample.snapshot([...Sample.LINES.slice(0, 2), link, ...Sample.LINES.slice(2)]);
    // Of $110,000: WETH and WBTC sell $16,000 and $8,000; LINK and USDC buy $18,000 and $6,000.
    const share = (dollars: number): number => dollars / 110_000;
    const weights = { weth: share(44_000), wbtc: share(22_000), link: share(28_000), usdc: share(16_000) };
    const swaps = swapsOf(planFor(snapshot, weights));
    expect(swaps.map(({ sell, buy }) => `${sell}>${buy}`)).toEqual(['wbtc>usdc', 'weth>link', 'wbtc>link']);
  });

  test('scales with money', () => {
    const small = planFor(Sample.snapshot(), { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    const tenfold = Sample.LINES.map((line) => ({ ...line, tokens: `${line.tokens}0` }));
    const large = planFor(Sample.snapshot(tenfold, 100_000_000n * DOLLAR), { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    for (const [index, { sold }] of swapsOf(small).entries()) {
      expect(Number(swapsOf(large)[index]?.sold) / Number(sold)).toBeCloseTo(10, 5);
    }
  });
});

describe('a plan leaves out', () => {
  test('what is below the minimum, and then buys less', () => {
    const plan = planFor(
      Sample.snapshot(),
      { weth: 0.5996, wbtc: 0.2996, usdc: 0.1008 },
      { ...trading, minNotional: 50n * DOLLAR },
    );
    expect(plan.steps).toEqual([]);
    expect(plan.skips.map(({ asset, why }) => `${asset}: ${why}`)).toEqual([
      'weth: worth $40.00, below the $50.00 minimum',
      'wbtc: worth $40.00, below the $50.00 minimum',
      'usdc: blocked by WBTC: worth $40.00, below the $50.00 minimum',
    ]);
  });

  test('what no market trades', () => {
    const snapshot = { ...Sample.snapshot(), markets: [] };
    const plan = planFor(snapshot, { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    expect(plan.steps).toEqual([]);
    expect(plan.cost).toEqual(Cost.NONE);
    const untraded = 'no market that can be used trades it';
    expect(plan.skips.map(({ why }) => why)).toEqual([untraded, 'where it should be', untraded]);
  });

  test('what the markets pay too little for', () => {
    const snapshot = Sample.reprice(Sample.snapshot(), 'weth', 2_100n * DOLLAR);
    const plan = planFor(snapshot, { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    expect(plan.skips.find(({ asset }) => asset === 'weth')?.why).toMatch(
      /^its markets pay 4\.\d+ % less than the oracle; custody permits at most 2 %$/,
    );
    expect(plan.skips.find(({ asset }) => asset === 'usdc')?.why).toMatch(/^blocked by WETH: /);
  });

  test('what custody has no more room to sell', () => {
    const snapshot = Sample.snapshot();
    const custody = { ...snapshot.custody, turnoverRoom: 6_000n * DOLLAR };
    const plan = planFor({ ...snapshot, custody }, { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    expect(plan.turnover <= custody.turnoverRoom && plan.turnover > (custody.turnoverRoom * 98n) / 100n).toBe(true);
    const none = planFor(
      { ...snapshot, custody: { ...custody, turnoverRoom: 0n } },
      { weth: 0.5, wbtc: 0.3, usdc: 0.2 },
    );
    expect(none.steps).toEqual([]);
    expect(none.skips[0]?.why).toMatch(/custody has room to sell \$0\.00/);
  });

  test('what has yet to arrive', () => {
    const snapshot = Sample.snapshot();
    const holdings = snapshot.holdings.map((one) => (one.asset === 'weth' ? { ...one, atoms: 0n } : one));
    const inFlight = [{ id: 'transfer', asset: 'weth', atoms: 30n * Fixed.ONE, due: snapshot.at + 60 }];
    const plan = planFor({ ...snapshot, holdings, inFlight }, { weth: 0.5, wbtc: 0.3, usdc: 0.2 });
    expect(plan.steps).toEqual([]);
    expect(plan.skips[0]).toEqual({ asset: 'weth', why: 'cannot be sold: it has yet to arrive' });
  });

  test('the part that its only pool cannot take', () => {
    const snapshot = Sample.snapshot();
    const narrow = snapshot.markets.flatMap((market) =>
      market.kind === 'concentrated' ? [{ ...market, known: [market.tick - 20, market.tick + 20] as const }] : [],
    );
    const plan = planFor({ ...snapshot, markets: narrow }, { weth: 0.2, wbtc: 0.3, usdc: 0.5 });
    const [swap] = swapsOf(plan);
    expect(swap?.sold).toBeLessThan(20n * Fixed.ONE);
    expect(authorisationOf(plan).legs[0]?.sellDownTo).toBe(30n * Fixed.ONE - (swap?.sold ?? 0n));
  });
});

describe('a plan in unusual units', () => {
  test.each([0, 6, 8, 18, 27])('an asset of %d decimals lands as any other', (decimals) => {
    const lines = [
      { symbol: 'ODD', decimals, price: '3', tokens: '20000' },
      { symbol: 'USDC', decimals: 6, price: '1', tokens: '40000' },
    ];
    const snapshot = Sample.snapshot(lines);
    const plan = planFor(snapshot, { odd: 0.5, usdc: 0.5 });
    const after = Portfolio.of(Sample.settle(snapshot, plan));
    expect(after.positions.map((position) => Portfolio.weight(after, position))[0]).toBeCloseTo(0.5, 3);
  });

  test.each([1n, 1n << 128n])('%d atoms are planned for or skipped, never wrong', (atoms) => {
    const snapshot = Sample.snapshot();
    const holdings = snapshot.holdings.map((one) => (one.asset === 'weth' ? { ...one, atoms } : one));
    const plan = planFor({ ...snapshot, holdings }, { weth: 0.4, wbtc: 0.3, usdc: 0.3 });
    for (const { sold, floor, expected } of swapsOf(plan))
      expect(sold > 0n && floor > 0n && floor <= expected).toBe(true);
    expect(plan.turnover <= plan.value).toBe(true);
  });
});
