import { describe, expect, test } from 'vitest';
import { ONE } from '../money/Fixed.ts';
import type { Usd } from '../money/Price.ts';
import { authorise } from '../plan/authorise.ts';
import { compose } from '../plan/compose.ts';
import type { Plan, Step, Swap } from '../plan/Plan.ts';
import type { Limit } from '../policy/Limit.ts';
import * as Cost from '../plan/Cost.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import type { Case } from './Case.ts';
import { inspect, targeted } from './inspect.ts';
import { custody } from './limits/custody.ts';
import { judge, judgeBy } from './judge.ts';
import type { Refusal } from './Verdict.ts';

const DOLLAR = ONE;
const weights = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };

function caseOf(snapshot: Snapshot = Sample.snapshot()): Case {
  const portfolio = Portfolio.of(snapshot);
  return {
    snapshot,
    portfolio,
    targets: weights,
    plan: compose(snapshot, portfolio, weights, Sample.STRATEGY.trading),
  };
}

function refusals(judged: Case, ...within: readonly Limit[]): readonly Refusal[] {
  const verdict = judge(judged, within);
  return verdict.kind === 'pass' ? [] : verdict.refusals;
}

function names(judged: Case, ...within: readonly Limit[]): readonly string[] {
  // A limit alone may be tried on a plan that no planner would make.
  const told = within.length > 0 ? within.flatMap((limit) => judgeBy(limit, judged)) : refusals(judged);
  return told.map(({ limit }) => limit);
}

/** Tamper with the swaps of a plan, as a faulty planner would. */
function tampered(judged: Case, change: (swap: Swap) => Partial<Swap>): Case {
  const tamper = (step: Step): Step => (step.kind === 'swap' ? { ...step, ...change(step) } : step);
  return { ...judged, plan: { ...judged.plan, steps: judged.plan.steps.map(tamper) } };
}

function withCustody(judged: Case, custody: Partial<Snapshot['custody']>): Case {
  return { ...judged, snapshot: { ...judged.snapshot, custody: { ...judged.snapshot.custody, ...custody } } };
}

function withPlan(judged: Case, plan: Partial<Plan>): Case {
  return { ...judged, plan: { ...judged.plan, ...plan } };
}

describe('the guard', () => {
  test('lets a sound plan pass every limit', () => {
    expect(judge(caseOf(), Sample.STRATEGY.within)).toEqual({ kind: 'pass' });
  });

  test('tells every refusal, not only the first, each with what was, what is allowed and what to do', () => {
    const late = withCustody(caseOf(), { readyAt: Sample.snapshot().at + 90 });
    const told = refusals(
      late,
      { kind: 'turnover', max: 1 },
      { kind: 'worthwhile', maxCost: 0 },
      { kind: 'slippage', max: 1 },
    );
    expect(told.map(({ limit }) => limit)).toEqual(['cooldown', 'turnover', 'worthwhile', 'slippage']);
    for (const { was, allowed, fix } of told) expect(was.length * allowed.length * fix.length).toBeGreaterThan(0);
    expect(told[0]).toMatchObject({ was: 'custody takes its next plan in 90 s', fix: 'wait' });
    expect(told[1]).toMatchObject({ was: 'sells $10,000, 10 % of the portfolio', allowed: '0.01 %' });
  });
});

describe('staleness', () => {
  const aged = (seconds: number): Case => {
    const snapshot = Sample.snapshot();
    const prices = snapshot.prices.map((price) =>
      price.asset === 'wbtc' ? { ...price, at: snapshot.at - seconds } : price,
    );
    return caseOf({ ...snapshot, prices });
  };

  test('counts from the heartbeat and the grace on', () => {
    expect(names(aged(3_660), { kind: 'staleness', grace: 60 })).toEqual([]);
    const [refusal] = refusals(aged(3_661), { kind: 'staleness', grace: 60 });
    expect(refusal).toMatchObject({ limit: 'staleness', was: 'WBTC from sample is 61 min old' });
  });
});

describe('divergence', () => {
  const second = (price: Usd): Case => {
    const snapshot = Sample.snapshot();
    const reading = { asset: 'weth', source: 'second', price, at: snapshot.at, heartbeat: 60 };
    return caseOf({ ...snapshot, prices: [...snapshot.prices, reading] });
  };

  test('between two sources, above and below', () => {
    for (const [price, expected] of [
      [2_020n, []],
      [2_021n, ['divergence']],
      [1_980n, []],
      [1_979n, ['divergence']],
    ] as const) {
      expect(names(second(price * DOLLAR), { kind: 'divergence', max: 100 })).toEqual(expected);
    }
  });

  test('between a market that the plan uses and the primary prices', () => {
    const judged = caseOf(Sample.reprice(Sample.snapshot(), 'weth', 2_025n * DOLLAR));
    expect(names(judged, { kind: 'divergence', max: 123 })).toEqual(['divergence', 'divergence']);
    expect(names(judged, { kind: 'divergence', max: 124 })).toEqual([]);
  });

  test('of a market that the plan does not use is none', () => {
    const snapshot = Sample.snapshot();
    const markets = snapshot.markets.map((market) =>
      market.id === 'product:wbtc/usdc' && market.kind === 'constant-product'
        ? { ...market, reserves: [market.reserves[0], market.reserves[1] * 2n] as const }
        : market,
    );
    expect(names(caseOf({ ...snapshot, markets }), { kind: 'divergence', max: 1 })).toEqual([]);
  });
});

describe('slippage', () => {
  test('is measured from the primary prices to the floor, whatever the market says', () => {
    const at = (share: bigint): Case =>
      tampered(caseOf(), () => ({
        sold: 5n * ONE,
        floor: (10_000n * 10n ** 6n * share) / 10_000n,
        expected: 10n ** 10n,
      }));
    const limit = { kind: 'slippage', max: 100 } as const;
    const routes = (judged: Case): Case =>
      tampered(judged, () => ({ routes: [{ markets: [], through: [], sold: 5n * ONE, expected: 1n }] }));
    expect(names(routes(at(9_900n)), limit)).toEqual([]);
    expect(names(routes(at(9_899n)), limit)).toEqual(['slippage']);
  });
});

describe('turnover and worth', () => {
  test('are shares of the portfolio and of the trade, to the basis point', () => {
    const judged = withPlan(caseOf(), {
      turnover: 10_000n * DOLLAR,
      cost: { fee: 10n * DOLLAR, impact: 4n * DOLLAR, gas: 3n * DOLLAR, bridge: 2n * DOLLAR, mev: DOLLAR },
    });
    expect(names(judged, { kind: 'turnover', max: 1_000 })).toEqual([]);
    expect(names(judged, { kind: 'turnover', max: 999 })).toEqual(['turnover']);
    expect(names(judged, { kind: 'worthwhile', maxCost: 20 })).toEqual([]);
    expect(names(judged, { kind: 'worthwhile', maxCost: 19 })).toEqual(['worthwhile']);
  });
});

describe('custody’s own limits are not configurable', () => {
  test('a cooldown, to the second', () => {
    const { at } = Sample.snapshot();
    expect(names(withCustody(caseOf(), { readyAt: at }))).toEqual([]);
    expect(names(withCustody(caseOf(), { readyAt: at + 1 }))).toEqual(['cooldown']);
  });

  test('the loss that the floors would allow', () => {
    const judged = caseOf();
    const [swap] = judged.plan.steps.filter((step) => step.kind === 'swap');
    if (swap === undefined) throw new Error('the sample plan trades');
    const lost = (swap.sold * 2_000n * DOLLAR) / ONE - (swap.floor * DOLLAR) / 10n ** 6n;
    expect(names(withCustody(judged, { lossRoom: lost }))).toEqual([]);
    expect(names(withCustody(judged, { lossRoom: lost - 1n }))).toEqual(['loss']);
  });

  test('and one swap’s gain pays for no other’s loss', () => {
    const judged = caseOf();
    const [swap] = judged.plan.steps.filter((step) => step.kind === 'swap');
    if (swap === undefined) throw new Error('the sample plan trades');
    const gain = { ...swap, floor: swap.sold * 2n, expected: swap.sold * 2n };
    const both = withPlan(judged, { steps: [swap, gain] });
    expect(custody(withCustody(both, { lossRoom: 0n })).map(({ limit }) => limit)).toEqual(['loss']);
  });

  test('the turnover that is left', () => {
    const judged = caseOf();
    expect(names(withCustody(judged, { turnoverRoom: judged.plan.turnover }))).toEqual([]);
    expect(names(withCustody(judged, { turnoverRoom: judged.plan.turnover - 1n }))).toEqual(['turnover']);
  });
});

describe('a plan that does not add up is refused, whoever made it', () => {
  test.each<[string, (swap: Swap) => Partial<Swap>]>([
    ['sells nothing', () => ({ sold: 0n })],
    ['sells less than nothing', () => ({ sold: -1n })],
    ['accepts nothing', () => ({ floor: 0n })],
    ['accepts less than nothing', () => ({ floor: -1n })],
    ['expects less than it accepts', ({ expected }) => ({ floor: expected + 1n })],
    [
      'sells more than is held',
      () => ({ sold: 31n * ONE, routes: [{ markets: [], through: [], sold: 31n * ONE, expected: 1n }] }),
    ],
    [
      'routes more than it sells',
      ({ sold }) => ({ routes: [{ markets: [], through: [], sold: sold + 1n, expected: 1n }] }),
    ],
    ['sells what is not in the portfolio', () => ({ sell: 'doge' })],
    ['buys what is not in the portfolio', () => ({ buy: 'doge' })],
  ])('%s', (_, change) => {
    const told = refusals(tampered(caseOf(), change), ...Sample.STRATEGY.within);
    expect(told.map(({ limit }) => limit)).toContain('consistency');
  });

  test('swaps that together sell more than is held', () => {
    const judged = caseOf();
    const steps = judged.plan.steps.filter((step) => step.kind === 'swap');
    // 5 of 30 tokens each: six times is everything, seven times is too much.
    const times = (count: number): Case => {
      const swaps = Array.from({ length: count }, () => steps).flat();
      const cost = Cost.sum(Array.from({ length: count }, () => judged.plan.cost));
      return withPlan(judged, {
        steps: [authorise(judged.snapshot, judged.portfolio, Sample.STRATEGY.trading, swaps), ...swaps],
        turnover: judged.plan.turnover * BigInt(count),
        cost,
      });
    };
    expect(names(times(6))).toEqual([]);
    expect(names(times(7))).toContain('consistency');
  });
});

describe('a snapshot is looked at before it is believed', () => {
  const snapshot = Sample.snapshot();
  const even = { weth: 0.6, wbtc: 0.3, usdc: 0.1 };
  const [weth, ...rest] = snapshot.prices as [(typeof snapshot.prices)[0], ...(typeof snapshot.prices)[0][]];

  test('and found sound', () => {
    expect([...inspect(snapshot), ...targeted(snapshot, even)]).toEqual([]);
  });

  test.each<[string, Snapshot, Record<string, number>]>([
    ['price', { ...snapshot, prices: rest }, even],
    ['price', { ...snapshot, prices: [{ ...weth, price: 0n }, ...rest] }, even],
    ['price', { ...snapshot, prices: [{ ...weth, price: -1n }, ...rest] }, even],
    ['price', { ...snapshot, prices: [{ ...weth, at: snapshot.at + 1 }, ...rest] }, even],
    ['holdings', { ...snapshot, assets: snapshot.assets.slice(1) }, even],
    ['holdings', { ...snapshot, holdings: [...snapshot.holdings, { asset: 'weth', atoms: 1n }] }, even],
    ['holdings', { ...snapshot, assets: snapshot.assets.map((asset) => ({ ...asset, decimals: 37 })) }, even],
    ['holdings', { ...snapshot, assets: snapshot.assets.map((asset) => ({ ...asset, decimals: 1.5 })) }, even],
    ['targets', snapshot, { weth: 0.6, wbtc: 0.4 }],
    ['targets', snapshot, { ...even, doge: 0 }],
    ['targets', snapshot, { ...even, usdc: 0.2 }],
    ['targets', snapshot, { ...even, usdc: Number.NaN }],
    ['targets', snapshot, { weth: 1.1, wbtc: -0.2, usdc: 0.1 }],
  ])('%s', (limit, seen, wanted) => {
    expect([...inspect(seen), ...targeted(seen, wanted)].map((refusal) => refusal.limit)).toContain(limit);
  });
});
