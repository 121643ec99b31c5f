import { describe, expect, test } from 'vitest';
import { ONE } from '../money/Fixed.ts';
import { compose } from '../plan/compose.ts';
import type { Swap } from '../plan/Plan.ts';
import type { Limit } from '../policy/Limit.ts';
import type { Past } from '../portfolio/Past.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import * as Sample from '../Sample.ts';
import * as Case from './Case.ts';
import { judge, judgeBy } from './judge.ts';
import type { Refusal } from './Verdict.ts';

const DOLLAR = ONE;
// From 60/30/10 to 50/30/20: sells some $10,000 of WETH for USDC.
const targets = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };
const sample = Sample.snapshot();

const outlook = {
  at: sample.at,
  assets: ['weth', 'wbtc', 'usdc'],
  covariance: [
    [0.64, 0.35, 0],
    [0.35, 0.36, 0],
    [0, 0, 0],
  ],
};

const past: Past = { peak: 100n * DOLLAR, flows: [], soldToday: 0n, failures: 0 };

function caseOf(more: Partial<Snapshot> = {}, wanted: Record<string, number> = targets): Case.Case {
  const snapshot = { ...sample, ...more };
  const portfolio = Portfolio.of(snapshot);
  const plan = compose(snapshot, portfolio, wanted, Sample.STRATEGY.trading);
  return { snapshot, portfolio, targets: wanted, plan };
}

function refusals(judged: Case.Case, limit: Limit): readonly Refusal[] {
  return judgeBy(limit, judged);
}

function passes(judged: Case.Case, limit: Limit): boolean {
  return refusals(judged, limit).length === 0;
}

describe('the sample plan', () => {
  test('does what these tests lean on: it sells about $10,000 of WETH for USDC', () => {
    const judged = caseOf();
    expect(Case.swaps(judged).map(({ sell, buy }) => [sell, buy])).toEqual([['weth', 'usdc']]);
    expect(judge(judged, [])).toEqual({ kind: 'pass' });
    expect(judged.plan.turnover / DOLLAR).toBe(10_000n);
  });

  test('after it, value has moved and only its cost is gone', () => {
    const judged = caseOf();
    const gone = judged.portfolio.value - [...Case.after(judged).values()].reduce((sum, value) => sum + value, 0n);
    const { fee, impact } = judged.plan.cost;
    expect(gone).toBeGreaterThan(0n);
    // Costs are rounded up part by part: a few atoms of USDC at most.
    expect(fee + impact - gone).toBeLessThan(10n * 10n ** 12n);
    expect(Case.change(judged, 'weth')).toBeLessThan(0n);
    expect(Case.change(judged, 'wbtc')).toBe(0n);
  });
});

/** Each limit on the sample plan: what it refuses at, what it passes at, and words that the refusal must have. */
const cases: readonly (readonly [string, Case.Case, Limit, Limit, RegExp])[] = [
  [
    'depeg',
    caseOf({ prices: [...sample.prices, { ...sample.prices[2]!, source: 'other', price: (98n * DOLLAR) / 100n }] }),
    { kind: 'depeg', pegs: { usdc: DOLLAR }, max: 199 },
    { kind: 'depeg', pegs: { usdc: DOLLAR }, max: 200 },
    /^USDC from other is 2 % from its peg of \$1\.00$/,
  ],
  ['impact', caseOf(), { kind: 'impact', max: 0 }, { kind: 'impact', max: 100 }, /^WETH for USDC moves its price by/],
  [
    'notional',
    caseOf(),
    { kind: 'notional', perTrade: 9_999n * DOLLAR },
    { kind: 'notional', perTrade: 10_000n * DOLLAR },
    /^sells \$10,000 at once$/,
  ],
  [
    'notional',
    caseOf({ past: { ...past, soldToday: 500n * DOLLAR } }),
    { kind: 'notional', perDay: 10_499n * DOLLAR },
    { kind: 'notional', perDay: 10_500n * DOLLAR },
    /^sells \$10,000 after \$500 in the last 24 h$/,
  ],
  [
    'concentration',
    caseOf(),
    { kind: 'concentration', max: 1_998 },
    { kind: 'concentration', max: 1_998, perAsset: { usdc: 1_999 } },
    /^USDC would weigh 19\.99 %$/,
  ],
  [
    'exposure',
    caseOf(),
    { kind: 'exposure', name: 'Circle', assets: ['usdc'], markets: [], max: 1_900 },
    { kind: 'exposure', name: 'Circle', assets: ['usdc'], markets: [], max: 2_000 },
    /^Circle would hold 19\.99 %$/,
  ],
  [
    'exposure',
    caseOf(),
    { kind: 'exposure', name: 'one venue', assets: [], markets: sample.markets.map(({ id }) => id), max: 999 },
    { kind: 'exposure', name: 'one venue', assets: [], markets: sample.markets.map(({ id }) => id), max: 1_000 },
    /^10 % would go through one venue$/,
  ],
  ['gas', caseOf(), { kind: 'gas', max: 0n }, { kind: 'gas', max: 100n * DOLLAR }, /^costs \$[\d.]+ of gas$/],
  [
    'benefit',
    caseOf({ outlook }),
    { kind: 'benefit', aversion: 2, horizon: 60, maxAge: 3_600 },
    { kind: 'benefit', aversion: 2, horizon: 365 * 86_400, maxAge: 3_600 },
    /^costs \$\d+\.\d\d to remove a risk worth \$0\.00 over 60 s$/,
  ],
  [
    'drawdown',
    caseOf({ past: { ...past, peak: 125n * DOLLAR } }),
    { kind: 'drawdown', max: 1_999 },
    { kind: 'drawdown', max: 2_000 },
    /^20 % below the peak$/,
  ],
  [
    'failures',
    caseOf({ past: { ...past, failures: 3 } }),
    { kind: 'failures', max: 2 },
    { kind: 'failures', max: 3 },
    /^3 rebalances failed in a row$/,
  ],
  [
    'reduce-only',
    caseOf(),
    { kind: 'reduce-only', assets: ['usdc'] },
    { kind: 'reduce-only', assets: ['weth', 'wbtc'] },
    /^buys USDC$/,
  ],
];

describe('a limit', () => {
  test.each(cases)(
    '%s refuses beyond it, passes at it, and says limit, value, allowed and fix',
    (name, judged, tight, wide, was) => {
      const [refusal, ...more] = refusals(judged, tight);
      expect(more).toEqual([]);
      expect(refusal?.limit).toBe(name);
      expect(refusal?.was).toMatch(was);
      expect(refusal?.allowed).not.toBe('');
      expect(refusal?.fix).toMatch(/^[a-z].{10,}/);
      expect(refusals(judged, wide)).toEqual([]);
    },
  );

  test.each<Limit>([
    { kind: 'notional', perDay: 10n ** 40n },
    { kind: 'benefit', aversion: 1e6, horizon: 10 ** 9, maxAge: 10 ** 9 },
    { kind: 'drawdown', max: 10_000 },
    { kind: 'failures', max: 1_000 },
  ])('that cannot see what it judges by refuses: $kind', (limit) => {
    expect(refusals(caseOf(), limit)).toMatchObject(
      [{ limit: limit.kind, was: /./, allowed: 'nothing unseen' }].map(({ limit: name, allowed }) => ({
        limit: name,
        allowed,
      })),
    );
  });
});

describe('depeg', () => {
  // The oracle and the pools agree that it fell.
  const fallen = Sample.snapshot(
    Sample.LINES.map((line) => (line.symbol === 'WBTC' ? { ...line, price: '27000' } : line)),
  );
  const limit: Limit = { kind: 'depeg', pegs: { wbtc: 30_000n * DOLLAR }, max: 100 };

  test('refuses to buy what fell, and lets it be sold', () => {
    expect(refusals(caseOf(fallen, { weth: 0.4, wbtc: 0.5, usdc: 0.1 }), limit)).toHaveLength(1);
    expect(passes(caseOf(fallen, { weth: 0.6, wbtc: 0.1, usdc: 0.3 }), limit)).toBe(true);
  });

  test('above the peg counts as much as below', () => {
    const risen = sample.prices.map((one) => (one.asset === 'usdc' ? { ...one, price: (103n * DOLLAR) / 100n } : one));
    expect(refusals(caseOf({ prices: risen }), { kind: 'depeg', pegs: { usdc: DOLLAR }, max: 299 })).toHaveLength(1);
  });
});

describe('health', () => {
  // WETH worth $60,000 and WBTC worth $30,000 against $40,000 owed: (60·0.8 + 30·0.7) / 40 = 1.725.
  const owing = (tokens: bigint): Snapshot => ({
    ...sample,
    holdings: sample.holdings.map((one) => (one.asset === 'usdc' ? { ...one, atoms: -tokens * 10n ** 6n } : one)),
  });
  const limit = (min: number): Limit => ({ kind: 'health', thresholds: { weth: 8_000, wbtc: 7_000 }, min });
  const idle = (snapshot: Snapshot): Case.Case => {
    const portfolio = Portfolio.of(snapshot);
    const plan = { ...caseOf().plan, steps: [], turnover: 0n };
    return { snapshot, portfolio, targets, plan };
  };

  test('is Σ value · threshold / owed, rounded down', () => {
    const judged = idle(owing(40_000n));
    expect(passes(judged, limit(17_250))).toBe(true);
    expect(refusals(judged, limit(17_251))).toMatchObject([
      { was: 'a health factor of 1.725', allowed: 'at least 1.7251' },
    ]);
  });

  test('what is staked in a pool is no collateral', () => {
    const stake = { id: 'position', market: 'pool', parts: [{ asset: 'weth', atoms: 100n * 10n ** 18n }] };
    const judged = idle({ ...owing(40_000n), stakes: [stake] });
    expect(refusals(judged, limit(17_251))).toMatchObject([{ was: 'a health factor of 1.725' }]);
  });

  test('without debt nothing can be liquidated', () => {
    expect(passes(caseOf(), limit(1_000_000))).toBe(true);
  });

  test('a plan that repays may end below the minimum; one that borrows may not', () => {
    const judged = idle(owing(80_000n));
    const repay: Swap = { ...Case.swaps(caseOf())[0]!, sold: 10n ** 18n, expected: 2_000n * 10n ** 6n };
    const borrow: Swap = { ...repay, sell: 'usdc', buy: 'weth', sold: 2_000n * 10n ** 6n, expected: 10n ** 18n };
    const unhealthy = (swap: Swap) =>
      refusals({ ...judged, plan: { ...judged.plan, steps: [swap] } }, limit(15_000)).filter(
        (one) => one.limit === 'health',
      );
    expect(unhealthy(repay)).toEqual([]);
    expect(unhealthy(borrow)).toHaveLength(1);
  });

  test('buying back what is owed is reducing', () => {
    const judged = idle(owing(40_000n));
    const repay: Swap = { ...Case.swaps(caseOf())[0]!, sold: 10n ** 18n, expected: 2_000n * 10n ** 6n };
    const only: Limit = { kind: 'reduce-only', assets: ['usdc'] };
    const bought = (held: Case.Case) => refusals({ ...held, plan: { ...held.plan, steps: [repay] } }, only);
    expect(bought(judged).filter((one) => one.limit === 'reduce-only')).toEqual([]);
    expect(bought(idle(owing(1_000n))).filter((one) => one.limit === 'reduce-only')).toHaveLength(1);
  });
});

describe('exposure', () => {
  const stake = {
    id: 'position',
    market: 'pool',
    parts: [
      { asset: 'weth', atoms: 5n * 10n ** 18n },
      { asset: 'usdc', atoms: 10_000n * 10n ** 6n },
    ],
  };

  test('counts stakes in a venue, and no part of them twice', () => {
    const judged = caseOf({ stakes: [stake] });
    const of = (assets: readonly string[]) => {
      const limit: Limit = { kind: 'exposure', name: 'group', assets: [...assets, 'usdc'], markets: ['pool'], max: 0 };
      return refusals(judged, limit).map(({ was }) => was);
    };
    // Stakes are looked through: USDC is in its position already, WETH of the stake is added to it.
    expect(of([])).toHaveLength(1);
    expect(of([])).not.toEqual(of(['weth']));
  });

  test('lets a plan pass that makes too heavy a group lighter', () => {
    expect(passes(caseOf(), { kind: 'exposure', name: 'ether', assets: ['weth'], markets: [], max: 1_000 })).toBe(true);
  });
});
