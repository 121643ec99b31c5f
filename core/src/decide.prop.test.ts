// Whole rebalances, look by look: what each decision asks to be told of, told to the next.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from './Decision.ts';
import { decide } from './decide.ts';
import { ONE } from './money/Fixed.ts';
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
function market(weth: string, wbtc = '30000'): Snapshot {
  const prices: Record<string, string> = { WETH: weth, WBTC: wbtc };
  const snapshot = Sample.snapshot(Sample.LINES.map((line) => ({ ...line, price: prices[line.symbol] ?? line.price })));
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
