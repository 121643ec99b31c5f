import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from './Decision.ts';
import { decide } from './decide.ts';
import * as Market from './market/Market.ts';
import * as Fixed from './money/Fixed.ts';
import type { Strategy } from './policy/Strategy.ts';
import * as Drift from './portfolio/Drift.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';
import * as Sample from './Sample.ts';

const DOLLAR = Fixed.ONE;

/** Move the market and the oracle together, as a real move does: the pools are rebuilt around the new prices. */
function market(weth: string, wbtc: string): Snapshot {
  const prices: Record<string, string> = { WETH: weth, WBTC: wbtc };
  return Sample.snapshot(Sample.LINES.map((line) => ({ ...line, price: prices[line.symbol] ?? line.price })));
}

function act(decision: Decision): Extract<Decision, { readonly kind: 'act' }> {
  if (decision.kind !== 'act') throw new Error(`expected to act, but: ${decision.why}`);
  return decision;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

const price = fc.integer({ min: 500, max: 8_000 }).map(String);
const bitcoin = fc.integer({ min: 8_000, max: 90_000 }).map(String);
const unlimited: Strategy = { ...Sample.STRATEGY, within: [] };

describe('a decision', () => {
  test('inside all bands is to hold, and says what is nearest', () => {
    const decision = decide(market('2050', '30000'), Sample.STRATEGY);
    expect(decision.kind).toBe('hold');
    expect(decision.why).toBe("not due: nearest to its band's edge: WETH at 60.6 %, 1.4 pp away");
    expect(decision.intent.kind).toBe('hold');
  });

  test('outside a band is to act, and says why, what and for how much', () => {
    const decision = act(decide(market('1500', '30000'), Sample.STRATEGY));
    expect(decision.trigger).toMatch(/^WETH is 52\.9 % against 60\.0 % ± 2\.0 pp: below its band; WBTC is 35\.3 %/);
    expect(decision.plan.steps[0]?.kind).toBe('authorise');
    expect(decision.why).toContain(decision.plan.why);
    expect(decision.plan.why).toMatch(/\(fees \$[\d.]+, price impact \$[\d.]+, gas \$[\d.]+\)$/);
  });

  test('trades exactly where some weight is outside its band', () => {
    fc.assert(
      fc.property(price, bitcoin, (weth, wbtc) => {
        const decision = decide(market(weth, wbtc), unlimited);
        const outside = decision.drift.some((drift) => Drift.outside(drift) !== 0);
        expect(decision.kind).toBe(outside ? 'act' : 'hold');
      }),
    );
  });

  test('due by the calendar with every weight inside its band goes to target, where it should land at an edge', () => {
    const when: Strategy['when'] = {
      kind: 'any',
      of: [
        { kind: 'band', absolute: 3_000 },
        { kind: 'calendar', every: 86_400, from: 0 },
      ],
    };
    const { plan, ...decision } = act(decide(market('1500', '30000'), { ...unlimited, when, landing: 'edge' }));
    expect(decision.intent).toMatchObject({ weights: { weth: 0.6, wbtc: 0.3, usdc: 0.1 } });
    expect(plan.turnover).toBeGreaterThan(0n);
  });

  test.each(['target', 'edge'] as const)(
    'once executed on the snapshot’s own pools ends inside every band (%s)',
    (landing) => {
      const strategy = { ...unlimited, landing };
      fc.assert(
        fc.property(price, bitcoin, (weth, wbtc) => {
          const snapshot = market(weth, wbtc);
          const decision = decide(snapshot, strategy);
          fc.pre(decision.kind === 'act');
          const after = decide(Sample.settle(snapshot, act(decision).plan), strategy);
          expect(after.kind).toBe('hold');
          expect(after.drift.every((drift) => Drift.outside(drift) === 0)).toBe(true);
        }),
      );
    },
  );

  test('that lands at the edge trades less than one that lands on target', () => {
    const turnover = (landing: 'edge' | 'target'): bigint =>
      act(decide(market('1500', '30000'), { ...unlimited, landing })).plan.turnover;
    expect(turnover('edge') < turnover('target') && turnover('edge') > 0n).toBe(true);
  });

  test('is the same whenever it is asked, and changes nothing that it was asked about', () => {
    fc.assert(
      fc.property(price, bitcoin, (weth, wbtc) => {
        const snapshot = freeze(market(weth, wbtc));
        const strategy = freeze(Sample.STRATEGY);
        expect(decide(snapshot, strategy)).toStrictEqual(decide(structuredClone(snapshot), structuredClone(strategy)));
      }),
    );
  });

  test('does not depend on the order in which assets are listed', () => {
    fc.assert(
      fc.property(price, bitcoin, fc.constantFrom([0, 2, 1], [1, 0, 2], [2, 1, 0], [1, 2, 0]), (weth, wbtc, order) => {
        const snapshot = market(weth, wbtc);
        const pick = <T>(list: readonly T[]): readonly T[] => order.flatMap((index) => list[index] ?? []);
        const permuted = {
          ...snapshot,
          assets: pick(snapshot.assets),
          holdings: pick(snapshot.holdings),
          prices: pick(snapshot.prices),
        };
        const [one, two] = [decide(snapshot, unlimited), decide(permuted, unlimited)];
        expect(two.kind).toBe(one.kind);
        expect(two.value).toBe(one.value);
        const steps = (decision: Decision) =>
          decision.kind === 'act' ? decision.plan.steps.filter((step) => step.kind === 'swap') : [];
        expect(steps(two)).toEqual(steps(one));
        expect(two.drift).toEqual(pick(one.drift));
      }),
    );
  });

  test('scales with money: ten times the holdings in ten times the depth trade ten times as much', () => {
    const lines = Sample.LINES.map((line) => ({ ...line, price: line.symbol === 'WETH' ? '1500' : line.price }));
    const small = act(decide(Sample.snapshot(lines), unlimited));
    const tenfold = lines.map((line) => ({ ...line, tokens: `${line.tokens}0` }));
    const large = act(decide(Sample.snapshot(tenfold, 100_000_000n * DOLLAR), unlimited));
    expect(Number(large.plan.turnover) / Number(small.plan.turnover)).toBeCloseTo(10, 5);
    large.drift.forEach(({ weight }, index) => expect(weight).toBeCloseTo(small.drift[index]?.weight ?? NaN, 12));
  });

  test('never costs less when fees rise', () => {
    const cheap = market('1500', '30000');
    const dear = {
      ...cheap,
      markets: cheap.markets.filter(Market.isPool).map((one) => ({ ...one, feePpm: one.feePpm * 2 })),
    };
    const received = (snapshot: Snapshot): bigint => {
      const after = Sample.settle(snapshot, act(decide(snapshot, unlimited)).plan);
      return decide(after, unlimited).value;
    };
    expect(received(dear) < received(cheap)).toBe(true);
  });
});

describe('a decision that cannot be made', () => {
  test('is refused with what is wrong, never guessed', () => {
    const decision = decide({ ...Sample.snapshot(), prices: [] }, Sample.STRATEGY);
    expect(decision).toMatchObject({
      kind: 'refuse',
      drift: [],
      refusals: [{ limit: 'price' }, { limit: 'price' }, { limit: 'price' }],
    });
    expect(decision.why).toMatch(/^price: WETH has none; allowed: a price for every holding/);
  });

  test('because the guard stops the plan shows the plan it stopped', () => {
    const strategy: Strategy = { ...Sample.STRATEGY, within: [{ kind: 'turnover', max: 1 }] };
    const decision = decide(market('1500', '30000'), strategy);
    expect(decision).toMatchObject({ kind: 'refuse', refusals: [{ limit: 'turnover' }] });
    expect(decision.kind === 'refuse' && decision.plan?.steps.length).toBeGreaterThan(1);
  });

  test('because nothing can be traded is to hold, and names every asset’s reason', () => {
    const decision = decide({ ...market('1500', '30000'), markets: [] }, Sample.STRATEGY);
    expect(decision.kind).toBe('hold');
    expect(decision.why).toMatch(/^due, but nothing is worth trading: WETH no market that can be used trades it/);
    expect(decision.why).toContain('; WBTC no market that can be used trades it');
  });

  test.each([
    ['more than', -160_000n],
    ['as much as', -100_000n],
  ])('about a portfolio that owes %s it holds is to refuse, not to wait for a deposit', (_, tokens) => {
    const sound = Sample.snapshot();
    const holdings = sound.holdings.map((one) =>
      one.asset === 'usdc' ? { ...one, atoms: (tokens + 10_000n) * 10n ** 6n } : one,
    );
    const decision = decide({ ...sound, holdings }, Sample.STRATEGY);
    expect(decision).toMatchObject({ kind: 'refuse', refusals: [{ limit: 'solvency' }] });
    const [dust] = sound.assets;
    const empty = sound.holdings.map(({ asset }) => ({ asset, atoms: asset === dust?.id ? 1n : 0n }));
    expect(decide({ ...sound, holdings: empty }, Sample.STRATEGY).kind).toBe('hold');
  });

  test('about an empty portfolio is to wait for a deposit', () => {
    const empty = Sample.snapshot(Sample.LINES.map((line) => ({ ...line, tokens: '0' })));
    expect(decide(empty, Sample.STRATEGY)).toMatchObject({ kind: 'hold', value: 0n, trigger: 'a first deposit' });
  });
});
