// Whole rebalances, look by look: what each decision asks to be told of, told to the next.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from './Decision.ts';
import { decide } from './decide.ts';
import { ONE } from './money/Fixed.ts';
import * as Cost from './plan/Cost.ts';
import type { Landing } from './policy/Landing.ts';
import type { Strategy } from './policy/Strategy.ts';
import type { Trigger } from './policy/Trigger.ts';
import * as Drift from './portfolio/Drift.ts';
import type { CashFlow } from './portfolio/Past.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';
import { remember, type Memory } from './remember.ts';
import * as Sample from './Sample.ts';

const maxAge = 86_400;
const band: Trigger = { kind: 'band', absolute: 200 };
const optimal: Trigger = { kind: 'cost-optimal', riskAversion: 3, proportional: 10, maxAge };

/** A market in which WETH has this price everywhere, and an outlook on it. */
function market(weth: string, wbtc = '30000', depth?: bigint): Snapshot {
  const prices: Record<string, string> = { WETH: weth, WBTC: wbtc };
  const lines = Sample.LINES.map((line) => ({ ...line, price: prices[line.symbol] ?? line.price }));
  const snapshot = Sample.snapshot(lines, depth);
  const assets = snapshot.holdings.map(({ asset }) => asset);
  const covariance = [
    [0.64, 0.35, 0],
    [0.35, 0.49, 0],
    [0, 0, 0],
  ];
  return { ...snapshot, outlook: { at: snapshot.at, assets, covariance } };
}

function strategy(when: Trigger, landing: Landing = 'target'): Strategy {
  return { ...Sample.STRATEGY, when, landing, within: [] };
}

function act(decision: Decision): Extract<Decision, { readonly kind: 'act' }> {
  if (decision.kind !== 'act') throw new Error(`expected to act, but: ${decision.why}`);
  return decision;
}

/** Say what a plan's fills moved: the difference that settling it makes. */
function moved(before: Snapshot, after: Snapshot): readonly CashFlow[] {
  return before.holdings.map(({ asset, atoms }, index) => ({
    asset,
    atoms: (after.holdings[index]?.atoms ?? 0n) - atoms,
  }));
}

/** Live through looks at these times, executing what is decided on the snapshot's own pools. */
function live(start: Snapshot, plan: Strategy, times: readonly number[]) {
  let [snapshot, memory] = [start, undefined as Memory | undefined];
  const log: { readonly at: number; readonly decision: Decision }[] = [];
  for (const after of times) {
    const at = start.at + after;
    memory = remember(memory, { kind: 'seen', snapshot: { ...snapshot, at } });
    snapshot = { ...snapshot, at, past: memory.past };
    const decision = decide(snapshot, plan);
    memory = remember(memory, { kind: 'decided', decision });
    log.push({ at: after, decision });
    if (decision.kind !== 'act') continue;
    const settled = Sample.settle(snapshot, decision.plan);
    const told = { at, outcome: 'done', sold: decision.plan.turnover, moved: moved(snapshot, settled) } as const;
    memory = remember(memory, { kind: 'closed', ...told });
    snapshot = { ...settled, lastRebalanceAt: at };
  }
  return { log, snapshot, memory };
}

describe('a rebalance spread over an hour', () => {
  const spread: Trigger = { kind: 'spread', when: band, window: 3_600, slices: 4 };
  const everyFiveMinutes = Array.from({ length: 24 }, (_, index) => index * 300);

  test('is traded in four parts of the same size, a quarter of an hour apart, and ends on target', () => {
    const { log, snapshot } = live(market('1500'), strategy(spread), everyFiveMinutes);
    const acts = log.filter(({ decision }) => decision.kind === 'act');
    expect(acts.map(({ at }) => at)).toEqual([0, 900, 1_800, 2_700]);
    const sizes = acts.map(({ decision }) => Number(act(decision).plan.turnover / 10n ** 15n));
    for (const size of sizes) expect(size / (sizes[0] ?? NaN)).toBeCloseTo(1, 1);
    expect(Drift.size(decide(snapshot, strategy(band)).drift, 'max')).toBeLessThan(0.002);
  });

  test('says of each part which it is', () => {
    const { log } = live(market('1500'), strategy(spread), everyFiveMinutes);
    expect(log[3]?.decision.trigger).toMatch(/^slice 2 of 4 over 60 min: WETH is 5[34]/);
    expect(log[4]?.decision.why).toBe('not due: slice 2 of 4 is done; the next is due in 10 min');
  });
});

describe('hysteresis', () => {
  test('carries a rebalance that a small part was made of to the inner band, and then waits for the outer one', () => {
    const trigger: Trigger = {
      kind: 'hysteresis',
      outer: { kind: 'band', absolute: 500 },
      inner: { kind: 'band', absolute: 100 },
    };
    const step: Landing = { kind: 'partial', rate: 3_000 };
    const times = Array.from({ length: 20 }, (_, index) => index * 60);
    const { log, snapshot, memory } = live(market('1500'), strategy(trigger, step), times);
    const acted = log.map(({ decision }) => decision.kind === 'act');
    const count = acted.filter(Boolean).length;
    expect(count).toBeGreaterThan(3);
    expect(acted.slice(0, count).every(Boolean)).toBe(true);
    expect(memory?.past).not.toHaveProperty('outsideSince');
    const left = Drift.size(decide(snapshot, strategy(band)).drift, 'max');
    expect(left).toBeLessThan(0.01);
    expect(left).toBeGreaterThan(0.005);
  });
});

describe('a cost-optimal rebalance', () => {
  const price = fc.integer({ min: 500, max: 8_000 }).map(String);

  test.each([
    ['inner', 10],
    ['edge', 10],
    ['target', 0],
  ] as const)('landing at %s with %d bps of cost is done once: looked at again, it waits', (landing, proportional) => {
    fc.assert(
      fc.property(price, (weth) => {
        const plan = strategy({ ...optimal, proportional }, landing);
        const before = market(weth);
        const decision = decide(before, plan);
        fc.pre(decision.kind === 'act');
        expect(decide(Sample.settle(before, act(decision).plan), plan).kind).toBe('hold');
      }),
    );
  });

  test('trades less the dearer gas is, up to not at all', () => {
    const at = (times: bigint) => {
      const snapshot = market('1500');
      return decide(
        { ...snapshot, gas: { ...snapshot.gas, price: snapshot.gas.price * times } },
        strategy(optimal, 'inner'),
      );
    };
    expect(at(1n).kind).toBe('act');
    expect(at(10_000n).kind).toBe('hold');
    expect(at(10_000n).why).toMatch(/^not due: nearest to its band's edge: .* \(the cheapest at \$8,000 of gas\)$/);
  });

  test('that cannot see is refused, and says what to do', () => {
    const { outlook: _, ...blind } = market('1500');
    expect(decide(blind, strategy(optimal))).toMatchObject({
      kind: 'refuse',
      refusals: [{ limit: 'inputs', was: 'no outlook', fix: 'estimate covariances and put them into the snapshot' }],
    });
  });
});

describe('money that came in', () => {
  test('buys what is under, and nothing is sold but it', () => {
    const start = market('2000');
    const plan = strategy({ kind: 'flow', direction: 'in', min: 100 }, 'flow-first');
    const first = remember(undefined, { kind: 'seen', snapshot: start });
    const holdings = start.holdings.map((one) => (one.asset === 'usdc' ? { ...one, atoms: one.atoms * 2n } : one));
    const { past } = remember(first, { kind: 'seen', snapshot: { ...start, holdings } });
    const decision = act(decide({ ...start, holdings, past }, plan));
    const swaps = decision.plan.steps.filter((step) => step.kind === 'swap');
    expect(swaps.map(({ sell }) => sell)).toEqual(swaps.map(() => 'usdc'));
    expect(decision.trigger).toBe('$10,000 went in since the last rebalance, 9.1 % of the portfolio');
    expect(decision.plan.turnover < 10_000n * ONE).toBe(true);
  });
});

describe('a gate beside a band', () => {
  test('that is closed says so and holds; open, the band decides', () => {
    const gated = (min: bigint) =>
      strategy({ kind: 'all', of: [band, { kind: 'depth', asset: 'weth', within: 50, min }] });
    expect(decide(market('1500'), gated(10_000n * ONE)).kind).toBe('act');
    expect(decide(market('2000'), gated(10_000n * ONE)).kind).toBe('hold');
    const closed = decide(market('1500'), gated(10n ** 9n * ONE));
    expect(closed.why).toMatch(
      /^not due: closed: \$[\d,]+ of WETH can be sold within 0.5 %; open from \$1,000,000,000$/,
    );
  });
});

describe('a rebalance', () => {
  const weth = fc.integer({ min: 500, max: 8_000 }).map(String);
  const wbtc = fc.integer({ min: 8_000, max: 90_000 }).map(String);
  const depth = fc.constantFrom(100_000n, 1_000_000n, 10_000_000n).map((dollars) => dollars * ONE);
  const ppm = (most: number) => fc.array(fc.integer({ min: 0, max: most }), { minLength: 4, maxLength: 4 });
  const swaps = (decision: Decision) => act(decision).plan.steps.filter((step) => step.kind === 'swap');

  test('is never worth more after gas for a fee that is higher, and worth less where every fee is', () => {
    // Floors so low and trades so small that none is left out: what is not traded pays no fee.
    const trading = { ...Sample.STRATEGY.trading, minNotional: 0n, slippage: 5_000 };
    const plan: Strategy = { ...strategy(band), trading };
    const worth = (snapshot: Snapshot, decision: Decision) =>
      decide(Sample.settle(snapshot, act(decision).plan), plan).value - act(decision).plan.cost.gas;
    fc.assert(
      fc.property(weth, wbtc, depth, ppm(10_000), ppm(10_000), (eth, btc, deep, fees, raises) => {
        const before = market(eth, btc, deep);
        const custody = { ...before.custody, maxFloorDiscount: 5_000 };
        const charged = (of: (index: number) => number) => ({
          ...before,
          custody,
          markets: before.markets.map((one, index) => ({ ...one, feePpm: of(index) }) as typeof one),
        });
        const cheap = charged((index) => fees[index] ?? 0);
        const dear = charged((index) => (fees[index] ?? 0) + (raises[index] ?? 0));
        const [one, other] = [decide(cheap, plan), decide(dear, plan)];
        expect(other.kind).toBe(one.kind);
        if (one.kind !== 'act') return;
        // No plan through dearer markets counts for more than the best one through cheaper ones, which the proof bounds.
        expect(act(other).plan.proof.objective).toBeLessThanOrEqual(one.plan.proof.bound);
        const gained = Number(worth(dear, other) - worth(cheap, one));
        // From 0.01 % on the difference is above what the plans leave of either optimum.
        const surely = raises.every((raise) => raise >= 100);
        expect(gained).toBeLessThan(surely ? 1e18 * one.plan.proof.gap : Infinity);
      }),
    );
  });

  test.each([
    ['a band, to target', band, 'target'],
    ['a band, to its edge', band, 'edge'],
    ['a norm', { kind: 'norm', measure: 'l2', max: 300 }, 'target'],
    ['regions of costs', optimal, 'inner'],
    ['an ellipsoid of gas', { ...optimal, proportional: 0 }, 'target'],
  ] as const)('under %s scales with the money, its markets and its gas', (_, when, landing) => {
    fc.assert(
      fc.property(weth, wbtc, depth, fc.bigInt(2n, 10n ** 6n), (eth, btc, deep, scale) => {
        const before = market(eth, btc, deep);
        const { trading } = Sample.STRATEGY;
        const plan = strategy(when, landing);
        const one = decide(before, plan);
        const large = { ...plan, trading: { ...trading, minNotional: scale * trading.minNotional } };
        const other = decide(scaled(before, scale), large);
        expect(other.value).toBe(scale * one.value);
        expect(other.kind).toBe(one.kind);
        if (one.kind !== 'act') return;
        const [few, many] = [swaps(one), swaps(other)];
        expect(many.map(({ sell, buy }) => [sell, buy])).toEqual(few.map(({ sell, buy }) => [sell, buy]));
        for (const [index, { sold }] of few.entries()) {
          const gap = Number((many[index]?.sold ?? 0n) - scale * sold);
          // The small plan rounds to its own atoms, and a search for prices ends within some millionths of the portfolio.
          const millionths = (1e-5 * Number(one.value) * Number(sold)) / Number(act(one).plan.turnover);
          expect(Math.abs(gap)).toBeLessThanOrEqual(Number(scale) * (2 + millionths * few.length));
        }
        const [small, big] = [act(one).plan, act(other).plan];
        const turnover = Number(scale * small.turnover);
        expect(Number(big.turnover) / turnover).toBeCloseTo(1, 4);
        // An atom can tip which of two equally good routes is taken: they differ in gas and in price, not in the sum.
        const cost = (it: typeof small.cost) => Number(Cost.total(it));
        expect((cost(big.cost) - Number(scale) * cost(small.cost)) / turnover).toBeCloseTo(0, 4);
      }),
    );
  });
});

/** The same portfolio and markets with everything in them `scale` times as large, and gas as much dearer. */
function scaled(before: Snapshot, scale: bigint): Snapshot {
  return {
    ...before,
    holdings: before.holdings.map(({ asset, atoms }) => ({ asset, atoms: scale * atoms })),
    custody: { ...before.custody, supply: scale * before.custody.supply },
    gas: { ...before.gas, price: scale * before.gas.price },
    markets: before.markets.map((one) => {
      if (one.kind === 'constant-product')
        return { ...one, reserves: [scale * one.reserves[0], scale * one.reserves[1]] as const };
      if (one.kind !== 'concentrated') throw new Error(`the sample has no ${one.kind} market`);
      const ticks = one.ticks.map(({ index, liquidityNet }) => ({ index, liquidityNet: scale * liquidityNet }));
      return { ...one, liquidity: scale * one.liquidity, ticks };
    }),
  };
}
